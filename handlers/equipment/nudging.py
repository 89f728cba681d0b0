"""What we say by ourselves: to owners and managers about what waits, to askers what came of it."""

from datetime import timedelta

from bot.domain.instruments import nudging
from bot.domain.instruments.nudging import Matter, Word
from bot.kit.context import Desk
from bot.kit.routes import job
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.equipment.agreeing import outcome_screen
from handlers.equipment.delivering import show_owner, what_next
from handlers.equipment.enquiry import next_rows, subject, to_card
from storage.people import Person


@job("enquiries", every=timedelta(minutes=1))
async def enquiries(desk: Desk) -> None:
    for word in await nudging.speak(desk.session, desk.house.cluster.zone, desk.now):
        for person in word.whom:
            _say(desk, word, person)


def _say(desk: Desk, word: Word, person: Person) -> None:
    t, case = desk.texts_of(person), word.case
    key = f"q{case.enquiry.key}:{word.matter.name.lower()}{word.days}:p{person.key}"
    match word.matter:
        case Matter.NUDGE:
            show_owner(desk, person, case, _waiting(t, word.days), manages=False, key=key)
        case Matter.ESCALATION:
            show_owner(desk, person, case, _unanswered(t, word), manages=True, key=key)
        case Matter.SILENCE:
            desk.tell(person, _silence(t, word), key=key)
        case Matter.OUTCOME:
            screen = outcome_screen(t, case.enquiry.key, subject(t, case))
            desk.tell(person, Screen(screen.text, (*screen.rows, (to_card(t, case),))), key=key)


def _waiting(t: Texts, days: int) -> str:
    return t.n(
        "⏳ This enquiry has been waiting for {n} working day. One tap is enough.",
        "⏳ This enquiry has been waiting for {n} working days. One tap is enough.",
        days,
    )


def _unanswered(t: Texts, word: Word) -> str:
    owner = word.case.owner
    return t.n(
        "☎️ {owner} has not answered for {n} working day. Could you help?",
        "☎️ {owner} has not answered for {n} working days. Could you help?",
        word.days,
        owner=owner.name if owner else "–",
    )


def _silence(t: Texts, word: Word) -> Screen:
    case = word.case
    text = paragraphs(
        t("😔 Nobody has answered about <b>{subject}</b>. I am sorry.", subject=subject(t, case)),
        what_next(t, found=bool(word.others)),
    )
    return Screen(text, (*next_rows(t, case, word.others), (to_card(t, case),)))
