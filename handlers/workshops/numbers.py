"""An event in numbers, put into words: what its board says."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.domain.workshops.overview import Overview, PartOverview
from bot.kit.screens import lines, paragraphs
from bot.kit.texts import Texts
from handlers.workshops.answers import SUBJECTS, said
from handlers.workshops.words import part_name
from storage.workshops import State
from storage.workshops.counts import AnswerCount
from storage.workshops.registration import Subject

BAR = 10  # signs
LARGEST = 5  # organisations that are named
COUNTED = (Subject.DIET, Subject.PARKING)  # few answers, many people; others are only read
KINDS = 6  # of answers that are named


def board_text(t: Texts, overview: Overview) -> str:
    event = overview.event
    head = lines(
        t("📊 <b>{title}</b>", title=event.title),
        t("🕘 {when}", when=t.span(event.starts_at, event.ends_at)),
        t("❌ <b>This event is cancelled.</b>") if event.state == State.CANCELLED else "",
    )
    return paragraphs(
        head,
        *(_part(t, overview, part) for part in overview.parts),
        _promises(t, overview),
        lines(*_answers(t, overview.answers)),
        _organisations(t, overview),
    )


def _part(t: Texts, overview: Overview, part: PartOverview) -> str:
    capacity = part.slot.capacity
    name = part_name(t, part.slot) if len(overview.parts) > 1 else ""
    return lines(
        t("<b>{part}</b>", part=name) if name else "",
        t(
            "{bar} {seated} of {capacity}",
            bar=bar(part.seated, capacity),
            seated=t.number(part.seated),
            capacity=t.number(capacity),
        ),
        t.n("⏳ {n} person waits", "⏳ {n} people wait", part.waiting) if part.waiting else "",
        _came(t, part) if part.came else _expected(t, part),
    )


def bar(seated: int, capacity: int) -> str:
    """Full only when it is full, and empty only when nobody sits."""
    full = min(BAR, seated * BAR // capacity)
    if seated and not full:
        full = 1
    return "▰" * full + "▱" * (BAR - full)


def _came(t: Texts, part: PartOverview) -> str:
    return t(
        "🚪 Here: <b>{came}</b> of {seated}",
        came=t.number(part.came),
        seated=t.number(part.seated),
    )


def _expected(t: Texts, part: PartOverview) -> str:
    if part.expected is None:
        return ""
    low, high = t.number(part.expected.low), t.number(part.expected.high)
    between = low if low == high else f"{low}–{high}"
    return t("🔮 Expect {between} of {seated}", between=between, seated=t.number(part.seated))


def _promises(t: Texts, overview: Overview) -> str:
    """Nothing before anybody has said anything: silence means nothing then."""
    if not overview.confirmed:
        return ""
    return t(
        "✅ {confirmed} confirmed, {silent} silent",
        confirmed=t.number(overview.confirmed),
        silent=t.number(overview.silent),
    )


def _answers(t: Texts, answers: Sequence[AnswerCount]) -> Iterator[str]:
    for _, group in groupby(answers, key=lambda each: each.question_id):
        given = [each for each in group if each.people]
        if given:
            yield _counted(t, given)


def _counted(t: Texts, given: list[AnswerCount]) -> str:
    first = given[0]
    subject = first.question or t.plain(SUBJECTS[first.subject])
    if first.subject in COUNTED:
        named = [f"{said(t, each.subject, each.words)} {each.people}" for each in given[:KINDS]]
        rest = sum(each.people for each in given[KINDS:])
        if rest:
            named.append(t.plain_n("{n} other", "{n} others", rest))
        return t("{subject}: {answers}", subject=subject, answers=", ".join(named))
    people = sum(each.people for each in given)
    return t.n("{subject}: {n} answer", "{subject}: {n} answers", people, subject=subject)


def _organisations(t: Texts, overview: Overview) -> str:
    """The largest, how many others there are, and how many people belong to none."""
    named = [each for each in overview.organisations if each[0]]
    if not named:
        return ""
    largest = [f"{name} {people}" for name, people in named[:LARGEST]]
    others = len(named) - len(largest)
    if others:
        largest.append(t.plain_n("{n} more organisation", "{n} more organisations", others))
    guests = sum(people for name, people in overview.organisations if not name)
    if guests:
        largest.append(t.plain_n("{n} person of none", "{n} people of none", guests))
    return t("🏢 {organisations}", organisations=", ".join(largest))
