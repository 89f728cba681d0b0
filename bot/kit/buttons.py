"""Buttons that remember nothing: all that a press needs is written on the button itself.

So a button works after a restart, on any replica, a year later. Telegram gives 64 bytes for it,
hence ids and short prefixes, never names, and never a right.
"""

from dataclasses import Field, fields
from typing import Any, ClassVar, Literal, Self

Face = dict[str, Any]  # an InlineKeyboardButton as the Bot API spells it
Rows = tuple[tuple[Face, ...], ...]
Style = Literal["primary", "success", "danger"]
LIMIT = 64  # bytes of callback_data
ROW, CHAT = 2**31, 2**63  # no row of ours has such a number, no chat of Telegram


class Button:
    """Subclass with `@dataclass(frozen=True)`, a unique `prefix`, and int or str fields."""

    prefix: ClassVar[str]
    kinds: ClassVar[dict[str, type["Button"]]] = {}

    def __init_subclass__(cls, *, prefix: str) -> None:
        if prefix in Button.kinds:
            raise TypeError(f"{prefix!r} already belongs to {Button.kinds[prefix].__name__}")
        cls.prefix = prefix
        Button.kinds[prefix] = cls

    def labelled(self, label: str, style: Style | None = None) -> Face:
        face: Face = {"text": label, "callback_data": self.pack()}
        return {**face, "style": style} if style else face

    def pack(self) -> str:
        values = [str(getattr(self, field.name)) for field in fields(self)]  # type: ignore[arg-type]
        data = ":".join([self.prefix, *values])
        if len(data.encode()) > LIMIT or any(":" in value for value in values):
            raise ValueError(f"does not fit on a button: {data!r}")
        return data

    @classmethod
    def unpack(cls, data: str) -> Self | None:
        """None for a button of a shape that we no longer make."""
        _, *values = data.split(":")
        slots = fields(cls)  # type: ignore[arg-type]
        if len(values) != len(slots):
            return None
        try:
            return cls(*(_value(s, v) for s, v in zip(slots, values, strict=True)))
        except ValueError:
            return None


def _value(slot: Field[Any], written: str) -> int | str:
    """Anybody can write a button by hand. Raises `ValueError` for a number that none can carry."""
    if slot.type is not int:
        return written
    number = int(written)
    if abs(number) >= (CHAT if slot.name == "chat_id" else ROW):
        raise ValueError(written)
    return number


def read(data: str) -> Button | None:
    """The button that was pressed; None when it is of no kind or shape that we know."""
    kind = Button.kinds.get(data.partition(":")[0])
    return kind.unpack(data) if kind else None


def link(label: str, url: str) -> Face:
    return {"text": label, "url": url}


def copying(label: str, text: str) -> Face:
    """A button that puts `text` (≤ 256 characters) on the reader's clipboard."""
    return {"text": label, "copy_text": {"text": text}}
