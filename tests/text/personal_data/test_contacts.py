import pytest

from corpuskit.text.personal_data.contacts import emails, ip_addresses, phones, postal_codes


def matched(search, text):
    return [text[start:end] for start, end in search(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<a.b+c@mail.example.co.jp>, x", ["a.b+c@mail.example.co.jp"]),
        ("a@b.com;c@d.org", ["a@b.com", "c@d.org"]),
        ("a@b.com@c.org", ["a@b.com"]),
        ("mail:a@b.com.", ["a@b.com"]),
        ("git clone git@github.com:firm/tool.git", []),
        ("git@example.com wrote", ["git@example.com"]),
        ("@handle a@b a@1.2.3.4 @b.com .@b.com a.@b.com", []),
        ("x" * 65 + "@b.com", []),
        ("x" * 64 + "@b.com", ["x" * 64 + "@b.com"]),
    ],
)
def test_emails(text, found):
    assert matched(emails, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("03-1234-5678 03-1234-5679", ["03-1234-5678", "03-1234-5679"]),
        ("12 03-1234-5678", ["03-1234-5678"]),
        ("03.1234.5678", ["03.1234.5678"]),
        ("0.230769231", []),
        ("ISBN 0-442-01272-1", []),
        ("ISBN-10: 0-442-01272-1, tel. 03-1234-5678", ["03-1234-5678"]),
        ("rate 0 2025-07-09 19:10", []),
        ("(+81) 3-1234-5678", ["+81) 3-1234-5678"]),
        ("tel: 0312345678", ["0312345678"]),
        ("no. 0312345678", []),
        ("01-2345-67", []),
        ("+1 202 555 0143", ["+1 202 555 0143"]),
        ("+999 123 456 789", []),
    ],
)
def test_phones(text, found):
    assert matched(phones, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("〒100-0001", ["〒100-0001"]),
        ("〒 1000001", ["〒 1000001"]),
        ("100-0001 東京都千代田区", ["100-0001"]),
        ("100-0001 千代田区", []),
        ("5100-0001 東京都", []),
        ("100-0001\n東京都", ["100-0001"]),
    ],
)
def test_postal_codes(text, found):
    assert matched(postal_codes, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 203.104.209.71 at noon", ["203.104.209.71"]),
        ("server 10.1.2.3:8080", ["10.1.2.3"]),
        ("http://192.168.1.20/admin", ["192.168.1.20"]),
        ("10.1.2.3", []),  # nothing says that it is no section
        ("see section 4.2.200.1", []),
        ("version 8.8.108.8", []),
        ("Chrome/99.0.84.51", []),
        ("256.1.1.1 300.300.300.300", []),
        ("server 1.2.3.4.5", []),
        ("mask 255.255.255.0, host 127.0.0.1, host 0.0.0.0, host 224.0.0.1, host 192.0.2.1", []),
        ("host 010.1.1.1", []),
        ("2400:cb00:2048:1::c629:d7a2", ["2400:cb00:2048:1::c629:d7a2"]),
        ("fd12:3456:789a::1", ["fd12:3456:789a::1"]),
        ("std::vector a::b 12:30:45 ::1 fe80::1 2001:db8::1:2", []),
    ],
)
def test_ip_addresses(text, found):
    assert matched(ip_addresses, text) == found
