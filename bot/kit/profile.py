"""The face that Telegram shows of us: the menu of commands, who we are, the menu button.

It is set in the background, and only what has changed since it was set last. Managers see their
own commands as well; that is a convenience and never a right.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from telegram.error import BadRequest, Forbidden

from bot.kit import routes
from bot.kit.context import Desk, House
from bot.kit.errands import Trip
from bot.kit.routes import Command, errand, job
from bot.kit.texts import Texts, gettext_noop
from storage import people, settings
from storage.people import Person, RoleName

Payload = dict[str, Any]
Calls = list[tuple[str, Payload]]
SETTING = "profile"
# The code "" is for everybody who has none of the others.
AUDIENCES = (("", "en"), ("cs", "cs"), ("sk", "cs"))
FIRST = ("menu", "akce", "skupiny", "pristroje", "vyzvy", "nastaveni", "pomoc", "soukromi")
ABOUT = gettext_noop("Events, people, equipment and grant calls of {cluster} in one chat.")
WELCOME = gettext_noop(
    "Hello! I am the assistant of {cluster}. I sign you up for events and remind you of them,"
    " and I show who does what in the field and which equipment members share.\n\n"
    "Press Start; I also speak Czech."
)


def calls(house: House, team: Iterable[Person]) -> Calls:
    """All that Telegram should have been told; `team` sees the managers' commands."""
    wanted: Calls = [("setChatMenuButton", {"menu_button": {"type": "commands"}})]
    for code, language in AUDIENCES:
        t, named = house.texts[language], {"cluster": house.cluster.name}
        about = {"short_description": t.plain(ABOUT, **named), "language_code": code}
        wanted.append(("setMyShortDescription", about))
        welcome = {"description": t.plain(WELCOME, **named), "language_code": code}
        wanted.append(("setMyDescription", welcome))
        for scope in ("default", "all_private_chats"):
            menu: Payload = {
                "commands": _listed(t),
                "scope": {"type": scope},
                "language_code": code,
            }
            wanted.append(("setMyCommands", menu))
    for person in team:
        commands = _listed(house.texts[person.language], managers=True)
        own_chat = {"type": "chat", "chat_id": person.telegram_id}
        wanted.append(("setMyCommands", {"commands": commands, "scope": own_chat}))
    return wanted


def _listed(t: Texts, *, managers: bool = False) -> list[Payload]:
    shown = [c for c in routes.commands if c.listed and (managers or not c.managers_only)]
    return [
        {"command": _name(command, t.language), "description": t.plain(command.describe)}
        for command in sorted(shown, key=_rank)
    ]


def _name(command: Command, language: str) -> str:
    czech, *english = command.names
    return english[0] if english and language != "cs" else czech


def _rank(command: Command) -> int:
    name = command.names[0]
    return FIRST.index(name) if name in FIRST else len(FIRST)


@job("profile", every=timedelta(minutes=10))
async def refresh(desk: Desk) -> None:
    """Have Telegram told of what has changed: texts, commands, or who is in the team."""
    done, wanted = await _done(desk), await _wanted(desk)
    if done != {_slot(*call): _print(call[1]) for call in wanted}:
        await desk.errand("profile")


@errand("profile")
async def tell_telegram(trip: Trip) -> None:
    async with trip.look() as desk:
        done, wanted = await _done(desk), await _wanted(desk)
    told: dict[str, str] = {}
    for method, payload in wanted:
        slot, look = _slot(method, payload), _print(payload)
        if done.get(slot) == look or await _tell(trip, method, payload):
            told[slot] = look
    for slot in done.keys() - {_slot(*call) for call in wanted}:
        method, scope = json.loads(slot)
        if method == "setMyCommands":
            await _tell(trip, "deleteMyCommands", scope)
    async with trip.deliver() as desk:
        await settings.put(desk.session, SETTING, json.dumps(told))


async def _tell(trip: Trip, method: str, payload: Payload) -> bool:
    """False when it concerns a chat that has not been opened yet; it is tried again later."""
    try:
        await trip.call(method, payload)
    except (BadRequest, Forbidden):
        if payload.get("scope", {}).get("type") != "chat":
            raise
        return False
    return True


async def _wanted(desk: Desk) -> Calls:
    held = [
        await people.holders(desk.session, role, desk.now)
        for role in (RoleName.MANAGER, RoleName.ASSISTANT)
    ]
    team = {person.key: person for persons in held for person in persons}
    return calls(desk.house, team.values())


async def _done(desk: Desk) -> dict[str, str]:
    kept: dict[str, str] = json.loads(await settings.find(desk.session, SETTING) or "{}")
    return kept


def _slot(method: str, payload: Payload) -> str:
    """What a call sets, as opposed to what it sets it to."""
    where = {name: payload[name] for name in ("scope", "language_code") if name in payload}
    return json.dumps([method, where], sort_keys=True)


def _print(payload: Payload) -> str:
    return json.dumps(payload, sort_keys=True, ensure_ascii=False)
