"""Which programmes are of defence: their calls come before the manager whatever they speak of."""

import re
from functools import cache

from bot.domain.calls import classifying
from storage.calls.records import GrantCall
from storage.folding import fold


def is_of_defence(call: GrantCall) -> bool:
    by_code = call.code.casefold().startswith(tuple(classifying.data("defence")["codes"]))
    return by_code or any(
        _programme().search(fold(each)) for each in (call.programme, call.provider)
    )


@cache
def _programme() -> re.Pattern[str]:
    names = (fold(each) for each in classifying.data("defence")["programmes"])
    return re.compile("|".join(rf"\b{_pattern(each)}\b" for each in names))


def _pattern(name: str) -> str:
    return re.escape(name).replace(r"\*", r"\w*")
