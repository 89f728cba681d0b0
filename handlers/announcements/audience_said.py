"""A choice of people put into words, and what stands for one condition of it on a button."""

from collections.abc import Iterator, Sequence

from bot.domain.announcements.audiences import Earlier, Named
from bot.domain.refusals import Gone
from bot.kit.screens import lines
from bot.kit.texts import Texts, gettext_noop
from handlers.announcements.titles import shortened, title
from storage.announcements import Choice, Clause, Facet, SavedAudience, audiences
from storage.organisations import Kind, Organisation
from storage.people import RoleName
from storage.pillars import Pillar
from storage.workshops import Event

SHOWN = 6  # values of a condition that are spelt out
FACETS = {
    Facet.MEMBERSHIP: gettext_noop("<b>{names}</b>"),
    Facet.PILLAR: gettext_noop("pillar <b>{names}</b>"),
    Facet.ROLE: gettext_noop("role <b>{names}</b>"),
    Facet.KIND: gettext_noop("kind of organisation <b>{names}</b>"),
    Facet.ORGANISATION: gettext_noop("organisation <b>{names}</b>"),
    Facet.LANGUAGE: gettext_noop("language <b>{names}</b>"),
    Facet.REGISTERED: gettext_noop("registered for <b>{names}</b>"),
    Facet.CAME: gettext_noop("came to <b>{names}</b>"),
    Facet.SILENT: gettext_noop("have a seat and have not confirmed it: <b>{names}</b>"),
    Facet.GOT: gettext_noop("have got the announcement <b>{names}</b>"),
    Facet.REACTED: gettext_noop("have reacted to the announcement <b>{names}</b>"),
    Facet.SAVED: gettext_noop("saved audience <b>{names}</b>"),
}
WORDS = {
    audiences.MEMBERS: gettext_noop("members of the cluster"),
    audiences.GUESTS: gettext_noop("guests"),
    RoleName.CONTACT: gettext_noop("contact person"),
    RoleName.GUARANTOR: gettext_noop("guarantor"),
    RoleName.TECHNICAL_GUARANTOR: gettext_noop("technical guarantor"),
    RoleName.BOARD: gettext_noop("board member"),
    RoleName.AMBASSADOR: gettext_noop("ambassador"),
    RoleName.ASSISTANT: gettext_noop("manager's assistant"),
    RoleName.MANAGER: gettext_noop("manager"),
    Kind.LARGE: gettext_noop("large company"),
    Kind.SME: gettext_noop("SME"),
    Kind.UNIVERSITY: gettext_noop("university"),
    Kind.INSTITUTE: gettext_noop("research institute"),
    Kind.INFRASTRUCTURE: gettext_noop("research infrastructure"),
    Kind.OTHER: gettext_noop("other organisation"),
    "cs": gettext_noop("Czech"),
    "en": gettext_noop("English"),
}


def addressees(t: Texts, choice: Choice, named: Named) -> str:
    """For whom it is, in a line where that is possible."""
    if not choice.clauses:
        return t("For: <b>everybody who has the bot</b>")
    clause, *others = choice.clauses
    if others or clause.but or len(clause.values) > 1:
        return lines(t("For:"), *conditions(t, choice, named))
    if clause.values == (audiences.MEMBERS,):
        return t("For: <b>members of the cluster</b>")
    match clause.facet, _thing(clause.facet, clause.values[0], named):
        case Facet.PILLAR, Pillar() as pillar:
            return t("For: <b>the pillar {name}</b>", name=pillar.name_in(t.language))
        case Facet.REGISTERED, Event() as event:
            return t("For: <b>registered for {title}</b>", title=event.title)
        case _:
            return t("For: {condition}", condition=_condition(t, clause, named))


def conditions(t: Texts, choice: Choice, named: Named) -> Iterator[str]:
    """One a line: those that are wanted first, then who is left out."""
    wanted = [each for each in choice.clauses if not each.but]
    if not wanted:
        yield t("• everybody who has the bot")
    for number, clause in enumerate(wanted):
        condition = _condition(t, clause, named)
        if not number:
            yield t("• {condition}", condition=condition)
        elif choice.either:
            yield t("• or {condition}", condition=condition)
        else:
            yield t("• and also {condition}", condition=condition)
    for clause in choice.clauses:
        if clause.but:
            yield t("• but not: {condition}", condition=_condition(t, clause, named))


def _condition(t: Texts, clause: Clause, named: Named) -> str:
    names = [value_name(t, clause.facet, value, named) for value in clause.values]
    return t(FACETS[clause.facet], names=_or(t, names))


def _or(t: Texts, names: Sequence[str]) -> str:
    if len(names) > SHOWN:
        more = len(names) - SHOWN + 1
        listed = ", ".join(names[: SHOWN - 1])
        return t.plain_n("{names} or {n} other", "{names} or {n} others", more, names=listed)
    if len(names) == 1:
        return names[0]
    *first, last = names
    return t.plain("{names} or {last}", names=", ".join(first), last=last)


def value_name(t: Texts, facet: Facet, value: int | str, named: Named) -> str:
    """Plain words for one value."""
    if isinstance(value, str):
        return t.plain(WORDS[value]) if value in WORDS else value
    match _thing(facet, value, named):
        case Pillar() as pillar:
            return pillar.name_in(t.language)
        case Event() as event:
            return shortened(event.title)
        case Organisation() as organisation:
            return organisation.short
        case SavedAudience() as audience:
            return audience.name
        case Earlier() as earlier:
            return title(t, earlier.contents)
        case _:
            return t.plain("⚠️ not here any more")


def _thing(facet: Facet, value: int | str, named: Named) -> object:
    return named.get((facet, value)) if isinstance(value, int) else None


def code(facet: Facet, value: int | str = "", *, but: bool = False) -> str:
    """`pillar.3`, and `-pillar.3` where they are to be left out."""
    return f"{'-' if but else ''}{facet.value}.{value}"


def read(code: str) -> Clause:
    """Raises `Gone` for a code that we no longer make."""
    facet, _, value = code.removeprefix("-").partition(".")
    if facet not in set(Facet):
        raise Gone
    values: tuple[int | str, ...] = ()
    if value:
        values = (int(value) if value.isdecimal() else value,)
    return Clause(Facet(facet), values, but=code.startswith("-"))
