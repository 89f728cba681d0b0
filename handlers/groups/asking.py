"""What the domain will not take of an answer is said while it can still be typed anew."""

from bot.domain.refusals import Refusal
from bot.kit.forms import Unclear
from bot.kit.texts import Texts
from handlers.refusals import meetings as refusals


def unclear(t: Texts, refusal: Refusal) -> Unclear:
    return Unclear(t("{words}", words=refusals.words(t, refusal)))
