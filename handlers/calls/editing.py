"""Setting a call right: groups of fields, so that no screen is a wall of buttons."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.domain.calls import editing, settling, values
from bot.domain.calls.settling import OnDesk
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.calls import desk_words
from handlers.calls.desk_ways import (
    EditCall,
    EditCallField,
    EditCallGroup,
    EditCallPillars,
    ListDues,
)
from handlers.calls.listing import cut
from handlers.calls.settling import TITLE
from handlers.calls.terms import deadlines, title_in
from handlers.calls.ways import SettleCall
from handlers.links import way_back
from storage.calls.records import GrantCall

LONG = 200  # characters of a text that is shown among others
WHAT, TIME, MONEY, WHO, HOW = "what", "time", "money", "who", "how"
DUES = values.DEADLINES
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    WHAT: (
        gettext_noop("📝 Title and text"),
        (
            *("title", "title_cs", "description", "language"),
            *("programme", "provider", "kind", "link"),
        ),
    ),
    TIME: (gettext_noop("⏳ Deadlines"), (DUES, "opens_at", "state", "continuous")),
    MONEY: (
        gettext_noop("💰 Money"),
        ("support_least", "support_most", "basis", "currency", "rate", "budget"),
    ),
    WHO: (
        gettext_noop("👤 Who may apply"),
        ("applicants", "regions", "regions_out", "purpose", "czech_money"),
    ),
    HOW: (gettext_noop("🤝 Partners and TRL"), ("partners", "partners_note", "trl")),
}


@dataclass(frozen=True)
class ChooseValue(Button, prefix="ca.d.is"):
    call_id: int
    field: str
    value: str


@on(EditCall, reading=True)
async def edit(ctx: Context, press: EditCall) -> Screen:
    t, key = ctx.t, press.call_id
    its = await settling.look(ctx.session, key, ctx.me, ctx.now)
    text = paragraphs(
        t("✏️ <b>{title}</b>", title=cut(title_in(t, its.call), TITLE)),
        t("What I read in sources does not change any more what you set here."),
        t("What shall change?"),
    )
    faces = [
        EditCallGroup(key, name).labelled(t.label(label)) for name, (label, _) in GROUPS.items()
    ]
    faces.append(EditCallPillars(key).labelled(t.label("👥 Pillars")))
    return Screen(text, (*_pairs(faces), *way_back(t, SettleCall(key))))


def _pairs(faces: list[Face]) -> Iterator[tuple[Face, ...]]:
    for start in range(0, len(faces), 2):
        yield tuple(faces[start : start + 2])


@on(EditCallGroup, reading=True)
async def edit_group(ctx: Context, press: EditCallGroup) -> Screen:
    return await group_screen(ctx, press.call_id, press.group)


def group_of(field: str) -> str:
    """Raises `Gone`."""
    found = [name for name, (_, fields) in GROUPS.items() if field in fields]
    if not found:
        raise Gone
    return found[0]


async def group_screen(ctx: Context, call_id: int, group: str, toast: str = "") -> Screen:
    """Raises `Gone`."""
    if group not in GROUPS:
        raise Gone
    t, (label, fields) = ctx.t, GROUPS[group]
    its = await settling.look(ctx.session, call_id, ctx.me, ctx.now)
    said = t("{words}", words=toast) if toast and ctx.message else ""
    shown = lines(*(_line(ctx, its, field) for field in fields))
    text = paragraphs(said, t("<b>{group}</b>", group=t.plain(label)), shown)
    faces = [_way(t, its.call, field) for field in fields]
    return Screen(text, (*_pairs(faces), *way_back(t, EditCall(call_id))), toast)


def _line(ctx: Context, its: OnDesk, field: str) -> str:
    t = ctx.t
    if field == DUES:
        every = list(deadlines(t, its.deadlines, ctx.now))
        return lines(*every) if every else t("⏳ No deadline is set.")
    said = cut(in_words(t, its.call, field), LONG)
    name = desk_words.field(t, field)
    return (
        t("{field}: <b>{value}</b>", field=name, value=said)
        if said
        else t("{field}: –", field=name)
    )


def in_words(t: Texts, call: GrantCall, field: str) -> str:
    """Plain."""
    if field == "trl":
        ends = (call.trl_least, call.trl_most)
        return "–".join(dict.fromkeys(str(each) for each in ends if each is not None))
    if field == "language":
        return t.plain(desk_words.LANGUAGES.get(call.language, call.language))
    said: Any = values.of_call(call, field)
    return desk_words.value(t, field, said, call)


def _way(t: Texts, call: GrantCall, field: str) -> Face:
    name = desk_words.field(t, field)
    if field == DUES:
        return ListDues(call.key).labelled(t.label("⏳ Deadlines"))
    return EditCallField(call.key, field).labelled(name)


def choices_screen(t: Texts, call: GrantCall, field: str) -> Screen:
    """A field that has a few values only."""
    key, held = call.key, in_words(t, call, field)
    faces = [
        ChooseValue(key, field, value).labelled(
            f"{'✓ ' if (held == label if held else value == editing.UNKNOWN) else ''}{label}"
        )
        for value, label in desk_words.options(t, field)
    ]
    back = way_back(t, EditCallGroup(key, group_of(field)))
    return Screen(t("✏️ <b>{field}</b>", field=desk_words.field(t, field)), (*_pairs(faces), *back))


@on(ChooseValue)
async def choose_value(ctx: Context, press: ChooseValue) -> Screen:
    await editing.choose(ctx.session, press.call_id, press.field, press.value, ctx.me, ctx.now)
    said = ctx.t.plain("Changed.")
    return await group_screen(ctx, press.call_id, group_of(press.field), said)
