"""Who is in a pillar, by organisation."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.groups import roster
from bot.domain.groups.roster import Entry, Roster
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.paging import Page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups.ways import ListRoster
from handlers.links import OpenPillar, way_back

LABEL = 40  # characters of an organisation on a button


@dataclass(frozen=True)
class ListNames(Button, prefix="pi.who.o"):
    """Everybody of one organisation; 0: guests."""

    pillar_id: int
    organisation_id: int
    page: int = 0


@on(ListRoster, reading=True)
async def list_roster(ctx: Context, press: ListRoster) -> Screen:
    t = ctx.t
    found = await roster.look(ctx.session, press.pillar_id, press.page, ctx.me, ctx.now)
    key = found.pillar.key
    turns = Page(found.entries, found.number, found.pages).turns(lambda to: ListRoster(key, to))
    rows = tuple((each,) for each in _longer(t, key, found))
    text = paragraphs(
        t("👥 <b>{pillar}</b>", pillar=found.pillar.name_in(t.language)),
        _count(t, found) if found.entries else t("Nobody is in this pillar yet. Be the first!"),
        *(_entry(t, each) for each in found.entries),
    )
    shown = (*rows, *((turns,) if turns else ()), *way_back(t, OpenPillar(key)))
    return Screen(text, shown)


@on(ListNames, reading=True)
async def list_names(ctx: Context, press: ListNames) -> Screen:
    t, key, home = ctx.t, press.pillar_id, press.organisation_id
    found = await roster.names(ctx.session, key, home or None, press.page, ctx.me, ctx.now)
    title = t("🏢 <b>{name}</b>", name=found.organisation.name if found.organisation else "–")
    if not home:
        title = t("🙋 <b>Guests</b>")
    where = t("in the pillar {pillar}", pillar=found.pillar.name_in(t.language))
    names = [t("• {name}", name=each.name) for each in found.people]
    turns: list[Face] = []
    if found.number:
        turns.append(ListNames(key, home, found.number - 1).labelled("◀"))
    if found.more:
        turns.append(ListNames(key, home, found.number + 1).labelled("▶"))
    text = paragraphs(lines(title, where), lines(*names) or t("Nobody is here any more."))
    rows = (*((tuple(turns),) if turns else ()), *way_back(t, ListRoster(key)))
    return Screen(text, rows)


def _count(t: Texts, found: Roster) -> str:
    people = t.n("{n} person", "{n} people", found.people)
    homes = t.n("{n} organisation", "{n} organisations", found.organisations)
    return t("👥 {people} · 🏢 {organisations}", people=people, organisations=homes)


def _entry(t: Texts, entry: Entry) -> str:
    return lines(_head(t, entry), ", ".join(_names(t, entry)))


def _head(t: Texts, entry: Entry) -> str:
    home = entry.organisation
    if home is None:
        return t("🙋 <b>Guests</b>")
    values = {"name": home.name, "town": home.town}
    if not entry.stands:
        return t("👤 <b>{name}</b> (only its people)", **values)
    return (
        t("🏢 <b>{name}</b>, {town}", **values) if home.town else t("🏢 <b>{name}</b>", **values)
    )


def _names(t: Texts, entry: Entry) -> Iterator[str]:
    shown = entry.named[: roster.NAMED - 1] if entry.people > roster.NAMED else entry.named
    for person in shown:
        yield t("{words}", words=person.name)
    if rest := entry.people - len(shown):
        yield t.n("and {n} more", "and {n} more", rest)


def _longer(t: Texts, pillar_id: int, found: Roster) -> Iterator[Face]:
    """Buttons for those whose people did not fit."""
    for entry in found.entries:
        if entry.people > roster.NAMED:
            home = entry.organisation
            name = home.short[:LABEL] if home else t.label("Guests")
            button = ListNames(pillar_id, home.key if home else 0)
            yield button.labelled(f"{name} · {t.number(entry.people)}")
