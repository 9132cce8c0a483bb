"""``corpuskit doctor``: is everything there that an audit needs?"""

from __future__ import annotations

import json

from corpuskit import __version__
from corpuskit.cli.console import Json, put, table


def doctor_command(as_json: Json = False) -> int:
    """Check versions, dictionary, fonts, browser and write access; say how to get what is missing.

    Example: corpuskit doctor --json
    """
    import platform
    from dataclasses import asdict

    from corpuskit.cli.checks import check_all  # not at the top: what it needs takes longer to load than the help of all commands

    checks = check_all()
    code = 0 if all(check.ok for check in checks if check.needed) else 2
    if as_json:
        put(json.dumps({"version": __version__, "checks": [asdict(check) for check in checks], "exit_code": code}, ensure_ascii=False, indent=1))
        return code
    put(f"corpuskit {__version__}, Python {platform.python_version()} on {platform.system()}")
    rows = [("ok" if check.ok else ("MISSING" if check.needed else "absent"), check.name, f"{check.found} {check.fix}".strip()) for check in checks]
    put(table(("", "what", "found"), rows))
    return code
