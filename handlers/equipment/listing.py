"""A line or two about each instrument of a list."""

from bot.domain.instruments.visibility import View
from bot.kit.screens import lines
from bot.kit.texts import Texts
from handlers.equipment.words import CATEGORIES
from storage.instruments import Category, Instrument

SAID = 2  # parameters in a list
LONG = 40  # characters of one


def name_in(t: Texts, instrument: Instrument) -> str:
    return (instrument.name_en if t.language == "en" else "") or instrument.name


def entry(t: Texts, view: View) -> str:
    """Name, owner and place, and what tells it from others."""
    it = view.instrument
    return lines(
        t("<b>{name}</b>", name=name_in(t, it)),
        t("{about}", about=about(t, view)),
    )


def about(t: Texts, view: View) -> str:
    """Plain."""
    it = view.instrument
    place = view["site"]
    where = f"{it.owner}, {place}" if place and place not in it.owner else it.owner
    told = [str(value)[:LONG] for value in list(view["parameters"].values())[:SAID]]
    said = told or [t.plain(CATEGORIES[Category(it.category)])]
    return " · ".join([where, *said])
