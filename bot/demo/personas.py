"""The people of the demonstration. They are named by what they are, and are nobody real."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Persona:
    """`organisation` is the short name of an invented one; a guest has none and is not known."""

    role: str
    telegram_id: int
    first_name: str
    last_name: str = ""
    username: str | None = None
    language: str = "cs"
    organisation: str | None = None


FIRM, UNIVERSITY = "Ukázková firma", "Ukázková univerzita"
PERSONAS = (
    Persona("guest", 1001, "Host"),
    Persona("member", 1002, "Člen", organisation=FIRM),
    Persona("second_member", 1003, "Druhý člen", organisation=UNIVERSITY),
    Persona("contact", 1004, "Kontaktní osoba", organisation=FIRM),
    Persona("manager", 1005, "Manažer", username="ukazkovy_manazer", organisation=FIRM),
)
