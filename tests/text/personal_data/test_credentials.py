import base64
import json

import pytest

from corpuskit.text.personal_data.credentials import api_keys, entropy, private_keys
from tests.text.personal_data.test_contacts import matched

DRAWN = "q7Zr2mXc9LpT4vBn8KsW1yHd6GfJ3uEa5oRi"
"""36 characters, none a key of anybody; put together with a sign below, so that this file holds no key's form either."""


def token(header):
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, {"sub": "nobody"})]
    return ".".join((*parts, DRAWN))


def block(kind="RSA ", body=("MIIB" + "A1b2" * 15, "C3d4" * 16)):
    return "\n".join((f"-----BEGIN {kind}PRIVATE KEY-----", *body, f"-----END {kind}PRIVATE KEY-----"))


@pytest.mark.parametrize(
    "key",
    [
        "AKIA" + DRAWN[:16].upper(),
        "ghp_" + DRAWN,
        "github_pat_" + DRAWN * 2,
        "xoxb-" + "123498765432-" + DRAWN,
        "AIza" + DRAWN[:35],
        "sk-ant-" + DRAWN,
        "sk-" + DRAWN,
        "glpat-" + DRAWN[:20],
        token({"alg": "HS256", "typ": "JWT"}),
    ],
)
def test_issued_keys(key):
    assert matched(api_keys, f"use {key}.") == [key] or matched(api_keys, f"use {key} now") == [key]
    assert matched(api_keys, f"token={key}") == [key]


@pytest.mark.parametrize(
    "text",
    [
        f"api_key = {DRAWN}",
        f'"apiKey": "{DRAWN}"',
        f"export CLIENT_SECRET={DRAWN[:16]}",
        f"APIキー：{DRAWN}".replace("：", ":"),
        f"password: {DRAWN[:20]}",
        f"https://example.org/a?access_token={DRAWN}",
    ],
)
def test_random_values_under_a_keys_name(text):
    (found,) = matched(api_keys, text)
    assert DRAWN.startswith(found)


@pytest.mark.parametrize(
    "text",
    [
        "api_key = your_api_key_goes_in_here_123",
        "api_key = XXXXXXXXXXXXXXXXXXXX1",
        "token = aaaaaaaaaaaaaaaaaaaa1111",
        "secret: configuration-of-the-server",
        "password: hunter2",
        f"commit: {DRAWN}",
        f"searchToken={DRAWN}",
        "sk-fading-circle-animation-delay",
        "AKIA" + "EXAMPLE" + DRAWN[:9].upper(),
        f"https://lnk.example/l/{token({'alg': 'HS256'})}",
        f"{token({'kind': 'none'})}",
        "task-" + DRAWN,
    ],
)
def test_what_is_no_key(text):
    assert matched(api_keys, text) == []


def test_private_keys_are_taken_whole():
    for kind in ("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "):
        assert matched(private_keys, f"key:\n{block(kind)}\nend") == [block(kind)]
    without_end = block().rsplit("\n", 1)[0]
    assert matched(private_keys, without_end + "\nplain words") == [without_end]
    assert matched(private_keys, block().replace("PRIVATE", "PUBLIC")) == []


def test_entropy():
    assert entropy("aaaa") == 0
    assert entropy("abcd") == 2
    assert entropy("aabb") == 1
