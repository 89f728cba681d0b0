"""Names as nobody has them who means well."""

import json
from collections.abc import Iterator
from random import Random

MARKUP = (
    *("<b>", "</b>", "<a href='tg://user?id=1'>", "&lt;", "&amp;", "&#60;", "&", "<", ">", '"'),
    *("</code></pre>", "<!--", "{name}", "{0}", "%s", "{", "}", "_*[]()~`>#+-=|{}.!", "\\"),
)
HIDDEN = ("\u202e", "\u200b", "\u2066", "\u2069", "\u00ad", "\ufeff", "\u200f", "\x00", "\x07")
ODD = ("\u200d", "👩\u200d🔬", "🇨🇿", "e\u0301", "Ω", "م", "ﷺ", "\U000e0041", "\ud7ff", "\n", "\t")
POSING = ("@admin", "✅ Manažer", "Support", "https://evil.example", "t.me/evil", "=1+1", "/start")
PLAIN = ("Ann", "Bořek", "O'Neil", "de la Cruz", "X Æ A-12", "Nguyễn")
PIECES = (*MARKUP, *HIDDEN, *ODD, *POSING, *PLAIN)


def names(count: int, seed: int) -> Iterator[str]:
    random = Random(seed)
    for _ in range(count):
        yield "".join(random.choices(PIECES, k=random.randint(1, 9)))


def telegram_name(name: str) -> str:
    """As far as Telegram would let somebody have it: 64 characters, and something in it."""
    told: str = json.loads(json.dumps(name.replace("\x00", "")))[:64].strip()
    return told or "X"
