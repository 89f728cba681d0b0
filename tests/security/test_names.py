"""Names that pose as markup, as others or as nothing: shown as letters, or not shown."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import cycle
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from markupsafe import Markup

from bot.app import LOCALES, App
from bot.domain.people import JOINER, NAME_LIMIT, tidy
from bot.sandbox import html
from bot.sandbox.people import Person as Phone
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import User
from tests.actors import Actor
from tests.chaos.stage import FULL, SEED
from tests.security.hostile import names, telegram_name
from tests.stories.workshops import Plan

BLANK = re.compile(r"\{\w+\}")
MANY = 100_000 if FULL else 4_000
PEOPLE = 300 if FULL else 12
TURNING = ("\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068")
SCREENS = ("priv", "set", "help", "ws", "pi", "att", "home", "in", "ca.open", "cf.ask:1")


def shown_texts() -> Iterator[str]:
    """Every text of a screen that has room for a value, in both languages."""
    with (LOCALES / "cs" / "messages.po").open(encoding="utf-8") as lines:
        for message in read_po(lines, locale="cs"):
            for said in (message.id, message.string):
                forms = (said,) if isinstance(said, str) else tuple(said or ())
                yield from (text for text in forms if "{" in text)


def test_names_are_kept_without_what_turns_or_hides() -> None:
    print(f"SEED={SEED}")
    for name in names(MANY, SEED):
        kept = tidy(name)
        assert len(kept) <= NAME_LIMIT
        hidden = {sign for sign in kept if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co")}
        assert hidden <= {JOINER}
        assert kept == kept.strip()
        assert tidy(kept) == kept


def test_every_text_shows_a_name_as_it_is() -> None:
    """Telegram can read the markup, and what is read has the name in it, letter by letter."""
    print(f"SEED={SEED}")
    texts = sorted(set(shown_texts()))
    assert len(texts) > 500
    hostile = names(max(MANY, len(texts)), SEED)
    for text, name in zip(cycle(texts), hostile, strict=False):
        kept = tidy(name)
        fields = {field for _, field, _, _ in Formatter().parse(text) if field}
        values = dict.fromkeys(fields, kept)
        shown, _ = html.parse(str(Markup(text).format(**values)))
        if "<a href" not in text:
            bare, _ = html.parse(text)
            assert shown.strip() == _narrow(bare, kept), text


def _narrow(bare: str, name: str) -> str:
    """What a reader would see if nothing in a name could mean anything."""
    shown, _ = html.parse(str(Markup.escape(BLANK.sub(lambda _: name, bare))))
    return shown.strip()


@pytest.fixture
def crowd(app: App, sandbox: Sandbox) -> list[Actor]:
    """Telegram tells us these names; one of each is in a language of ours."""
    print(f"SEED={SEED}")
    users = [
        User(7000 + number, telegram_name(first), telegram_name(last), started=True)
        for number, (first, last) in enumerate(
            zip(names(PEOPLE, SEED), names(PEOPLE, SEED + 1), strict=True)
        )
    ]
    sandbox.world.users |= {user.id: user for user in users}
    return [Actor(Phone(sandbox, user.id), app) for user in users]


async def test_people_of_such_names_use_the_bot(
    crowd: list[Actor], plan: Plan, manager: Actor, sandbox: Sandbox
) -> None:
    key = await plan("<b>Thin</i> films & {name}\u202e", seats=1000)
    for who in crowd:
        await who.says("/start")
        for data in (*SCREENS, f"ws.in:{key}", "cf.send:1"):
            await who.presses_data(data)
    for data in (f"ws.who:{key}:0", f"ws.d:{key}", "cf", "org.ppl:1:0", "cf.open:1"):
        await manager.presses_data(data)
    for words in ("Ann", "<b>", "{name}"):
        await manager.says(words)
    refused = [call.description for call in sandbox.calls if call.status == 400]
    assert [each for each in refused if "parse" in each or "entities" in each] == []
    for actor in (*crowd, manager):
        for text in actor.heard:
            assert not set(text) & set(TURNING)
