"""How the organiser's questions and people's answers to them are worded."""

from collections.abc import Iterable

from bot.domain.workshops.registration import Diet, Parking
from bot.kit.texts import Texts, gettext_noop
from storage.workshops.registration import RegistrationQuestion, Subject

SUBJECTS = {
    Subject.DIET: gettext_noop("🍽 Diet"),
    Subject.PARKING: gettext_noop("🚗 Parking"),
    Subject.INVOICE: gettext_noop("🧾 Invoice"),
    Subject.OTHER: gettext_noop("💬 Own question"),
}
DIETS = {
    Diet.ANY: gettext_noop("I eat everything"),
    Diet.VEGETARIAN: gettext_noop("Vegetarian"),
    Diet.VEGAN: gettext_noop("Vegan"),
    Diet.GLUTEN_FREE: gettext_noop("Gluten-free"),
    Diet.LACTOSE_FREE: gettext_noop("Lactose-free"),
}
PARKING = {Parking.YES: gettext_noop("Yes, please"), Parking.NO: gettext_noop("No, thank you")}


def subject_name(t: Texts, question: RegistrationQuestion) -> str:
    """Plain: what stands in front of an answer."""
    return question.words or t.plain(SUBJECTS[question.subject])


def said(t: Texts, subject: Subject, words: str) -> str:
    """Plain: an answer of ours in the reader's language, or what was typed."""
    if subject == Subject.DIET and words in set(Diet):
        return t.plain(DIETS[Diet(words)])
    if subject == Subject.PARKING and words in set(Parking):
        return t.plain(PARKING[Parking(words)])
    return words


def said_lines(t: Texts, answers: Iterable[tuple[RegistrationQuestion, str]]) -> list[str]:
    return [
        t(
            "{subject}: <b>{answer}</b>",
            subject=subject_name(t, question),
            answer=said(t, question.subject, words),
        )
        for question, words in answers
    ]
