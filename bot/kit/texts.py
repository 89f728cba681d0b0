"""Words in the reader's language: gettext catalogues read as they are, safe for Telegram's HTML.

`t(...)` is for screens, `t.n(...)` for counted things, `t.plain(...)` for toasts and
`t.label(...)` for buttons, where Telegram reads no HTML.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel.dates import format_date, format_skeleton, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, get_currency_symbol
from babel.support import NullTranslations, Translations
from markupsafe import Markup

LANGUAGES = ("cs", "en")
LOCALES = {"cs": "cs_CZ", "en": "en_GB"}
MILLION = 1_000_000


@dataclass(frozen=True)
class Texts:
    """`t("Hello, <b>{name}</b>", name=anything)`: the pattern is trusted, the values are not."""

    language: str
    zone: tzinfo
    catalogue: NullTranslations

    def __call__(self, text: str, **values: object) -> Markup:
        return Markup(self.catalogue.gettext(text)).format(**values)

    def n(self, one: str, many: str, number: int, **values: object) -> Markup:
        return Markup(self.catalogue.ngettext(one, many, number)).format(n=number, **values)

    def plain(self, text: str, **values: object) -> str:
        return self.catalogue.gettext(text).format(**values)

    def plain_n(self, one: str, many: str, number: int, **values: object) -> str:
        return self.catalogue.ngettext(one, many, number).format(n=number, **values)

    def label(self, text: str, **values: object) -> str:
        return self.plain(text, **values)

    def day(self, moment: datetime) -> str:
        """„pátek 14. 5. 2027": „po" and „ne" would read as other words."""
        return _day(moment.astimezone(self.zone).date(), self.language)

    def short_date(self, day: date) -> str:
        """„14. 5.", where the year stands beside it."""
        pattern = "d. M." if self.language == "cs" else "d MMM"
        return format_date(day, pattern, locale=LOCALES[self.language])

    def date(self, day: date) -> str:
        pattern = "d. M. y" if self.language == "cs" else "d MMM y"
        return format_date(day, pattern, locale=LOCALES[self.language])

    def time(self, moment: datetime) -> str:
        local = moment.astimezone(self.zone)
        return _time(local.time().replace(second=0, microsecond=0), self.language)

    def moment(self, moment: datetime) -> str:
        """„pátek 14. 5. 2027 9:00"."""
        return f"{self.day(moment)} {self.time(moment)}"

    def span(self, start: datetime, end: datetime) -> str:
        """„pátek 14. 5. 2027, 9:00–16:00"; a day or a year that stays stands once."""
        first, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        if first == last:
            return f"{self.day(start)}, {self.time(start)}–{self.time(end)}"
        begins = self.moment(start)
        if first.year == last.year:
            begins = f"{_day(first, self.language, with_year=False)} {self.time(start)}"
        return f"{begins} – {self.moment(end)}"

    def month(self, moment: datetime) -> str:
        local = moment.astimezone(self.zone)
        return format_skeleton("yMMMM", local, locale=LOCALES[self.language])

    def number(self, number: float) -> str:
        return format_decimal(number, locale=LOCALES[self.language])

    def money(self, amount: int, currency: str) -> str:
        """„2,5 mil. Kč", "€2.5 million": in millions where they say it exactly."""
        locale = LOCALES[self.language]
        said = format_decimal(amount, locale=locale)
        if amount >= MILLION and amount % (MILLION // 100) == 0:
            form: Literal["short", "long"] = "short" if self.language == "cs" else "long"
            said = format_compact_decimal(
                amount, format_type=form, locale=locale, fraction_digits=2
            )
        sign = get_currency_symbol(currency, locale=locale) if currency else ""
        if self.language == "cs":
            return f"{said} {sign}".strip()
        return f"{sign} {said}".strip() if sign.isalpha() else f"{sign}{said}"


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogues where it stands; it is translated where it is shown."""
    return text


class Library:
    """The texts of every language we speak, by the code that Telegram gives for a person."""

    def __init__(self, locales: Path, zone: tzinfo, default: str) -> None:
        self.default = default
        self._texts = {code: Texts(code, zone, catalogue(locales, code)) for code in LANGUAGES}

    def __getitem__(self, language: str | None) -> Texts:
        return self._texts.get(language or self.default, self._texts[self.default])


@lru_cache(maxsize=4096)
def _day(day: date, language: str, *, with_year: bool = True) -> str:
    pattern = "EEEE d. M." if language == "cs" else "EEE d MMM"
    return format_date(day, f"{pattern} y" if with_year else pattern, locale=LOCALES[language])


@lru_cache(maxsize=2048)
def _time(clock: time, language: str) -> str:
    pattern = "H:mm" if language == "cs" else "HH:mm"
    return format_time(clock, pattern, locale=LOCALES[language])


def language_for(code: str | None, default: str) -> str:
    """Czech for Czechs and Slovaks, English for others; the cluster's own when nothing is said."""
    if not code:
        return default
    return "cs" if code.partition("-")[0] in ("cs", "sk") else "en"


def catalogue(locales: Path, language: str) -> NullTranslations:
    """Compiled in memory: no build step, no .mo files to forget."""
    source = locales / language / "messages.po"
    if not source.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with source.open(encoding="utf-8") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return Translations(compiled)
