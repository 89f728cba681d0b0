"""Words as people look for them: without case, diacritics and spare spaces."""

import unicodedata


def fold(text: str) -> str:
    """„Tenké  Vrstvy" and "tenke vrstvy" are one."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.split())


def words(text: str) -> list[str]:
    """What was typed into a search, word by word, folded; signs around words are dropped."""
    kept = "".join(sign if sign.isalnum() or sign in "-+." else " " for sign in fold(text))
    return [word for part in kept.split() if (word := part.strip("-+."))]
