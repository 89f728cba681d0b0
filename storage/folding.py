"""Words as people look for them: without case, diacritics and spare spaces."""

import re
import unicodedata

ACCENTS = re.compile("[\u0300-\u036f]+")  # those that Latin letters have


def fold(text: str) -> str:
    """„Tenké  Vrstvy" and "tenke vrstvy" are one."""
    if text.isascii():
        return " ".join(text.casefold().split())
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = ACCENTS.sub("", apart)
    if not bare.isascii():
        bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(bare.split())


def words(text: str) -> list[str]:
    """What was typed into a search, word by word, folded; signs around words are dropped."""
    kept = "".join(sign if sign.isalnum() or sign in "-+." else " " for sign in fold(text))
    return [word for part in kept.split() if (word := part.strip("-+."))]
