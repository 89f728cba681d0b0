"""No log shows a secret: not in a word of ours, not in a library's, not in an exception."""

import asyncio
import json
import sys
from collections.abc import Mapping

import pytest

from bot import logs
from tests.chaos.stage import FULL, ROOT, SEED
from tests.security.telling import INVITATION, PASSWORD, TICKET, TOKEN

LINES = 1_000_000 if FULL else 20_000


@pytest.mark.timeout(900)
async def test_no_line_shows_a_secret() -> None:
    """Each log call of the house, told of secrets in every way, as text and as JSON."""
    print(f"SEED={SEED}")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.security.telling", str(LINES), str(SEED)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    came = json.loads(told)
    assert came["showing"] == 0, came["first"]
    assert came["lines"] >= LINES
    assert came["sites"] > 40


@pytest.mark.parametrize(
    "words",
    [
        TOKEN,
        f"postgresql://u:{PASSWORD}@h/x",
        f"start=i{INVITATION}",
        f"start%3Dh{INVITATION}",
        f"/start k{INVITATION}",
        f"inv.over:{INVITATION}",
        f"/calendar/{INVITATION}.ics",
        f"/start c{TICKET}",
        f"/door/12-{TICKET}",
    ],
)
def test_a_secret_is_known_by_its_looks(words: str) -> None:
    """Also where nobody has said what our own secrets are."""
    shown = logs.redact(words)
    assert all(secret not in shown for secret in (TOKEN, PASSWORD, INVITATION, TICKET))


@pytest.mark.parametrize(
    "words",
    ["7:30", "2027-03-01T08:00:00Z", "https://www.example.org:443/calendar", "an update failed"],
)
def test_other_words_stay(words: str) -> None:
    assert logs.redact(words) == words


WRONG: Mapping[str, Mapping[str, str]] = {
    "a database that is away": {
        "PAPRSEK_STORAGE__URL": "postgresql://u:the-password-of-all@127.0.0.1:1/x"
    },
    "an address that is none": {
        "PAPRSEK_STORAGE__URL": "postgresql://u:the-password-of-all@host:port/x"
    },
    "a token that nobody knows": {
        "PAPRSEK_TELEGRAM__TOKEN": "7000001:the-password-of-all-0123456789-abcdef",
        "PAPRSEK_TELEGRAM__API_URL": "http://127.0.0.1:1",
    },
    "a secret that is too short": {
        "PAPRSEK_TELEGRAM__WEBHOOK_SECRET": "the-password-of-all",
    },
}


@pytest.mark.parametrize("trouble", WRONG)
async def test_the_command_line_shows_none_either(
    trouble: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=tmp_path_factory.mktemp("away"),
        env={"PATH": "/usr/bin", "PYTHONPATH": str(ROOT), **WRONG[trouble]},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode in (1, 2)
    assert b"the-password-of-all" not in said
    assert b"Traceback" not in said
