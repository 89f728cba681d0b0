"""What categories, ways of access, prices and facets are called."""

from bot.domain.instruments import places
from bot.domain.instruments.language import words
from bot.kit.texts import Texts, gettext_noop
from storage.instruments import Category, Offering, Priced

CATEGORIES = {
    Category.LASERS: gettext_noop("Lasers"),
    Category.ELECTRON_MICROSCOPY: gettext_noop("Electron microscopy"),
    Category.MICROSCOPY: gettext_noop("Other microscopy"),
    Category.THIN_FILMS: gettext_noop("Thin films"),
    Category.MANUFACTURING: gettext_noop("Optics manufacturing"),
    Category.METROLOGY: gettext_noop("Metrology"),
    Category.SPECTROSCOPY: gettext_noop("Spectroscopy"),
    Category.SURFACES: gettext_noop("Surface analysis"),
    Category.NANOFABRICATION: gettext_noop("Nanofabrication"),
    Category.PROCESSING: gettext_noop("Material processing"),
}
BY_VALUE = {category.value: words for category, words in CATEGORIES.items()}
OFFERINGS = {
    Offering.EQUIPMENT: gettext_noop("Instrument"),
    Offering.FACILITY: gettext_noop("Facility"),
    Offering.SERVICE: gettext_noop("Service"),
}
ACCESS = {
    "commercial": gettext_noop("for hire"),
    "joint_research": gettext_noop("joint research"),
    "training": gettext_noop("after training"),
    "supervised": gettext_noop("with an operator"),
}
PRICED = {
    Priced.HOUR: gettext_noop("per hour"),
    Priced.RUN: gettext_noop("per run"),
    Priced.AGREEMENT: gettext_noop("by agreement"),
}
FIELDS = {
    "maker": gettext_noop("maker"),
    "model": gettext_noop("model"),
    "what": gettext_noop("use"),
    "what_en": gettext_noop("use"),
    "parameters": gettext_noop("parameters"),
    "samples": gettext_noop("samples"),
    "access": gettext_noop("access"),
    "site": gettext_noop("place"),
    "link": gettext_noop("link"),
    "doi": gettext_noop("DOI"),
    "photo": gettext_noop("photo"),
    "guarantor": gettext_noop("guarantor"),
    "priced": gettext_noop("price"),
    "price_least": gettext_noop("price"),
    "price_members": gettext_noop("price"),
    "price_academia": gettext_noop("price"),
    "price_others": gettext_noop("price"),
}
KINDS = {
    "pillar": gettext_noop("Pillar"),
    "category": gettext_noop("Field"),
    "access": gettext_noop("Access"),
    "region": gettext_noop("Region"),
    "owner": gettext_noop("Owner"),
}
CODES = {kind[0]: kind for kind in KINDS}  # as they stand on buttons
REGIONS = {"_".join(words(region)): region for region in places.regions()}


def kind_of(facet: str) -> str:
    return facet.partition(":")[0]


def value_of(facet: str) -> str:
    return facet.partition(":")[2]


def facet_name(t: Texts, facet: str, names: dict[str, str]) -> str:
    """`names` are those of pillars and owners, by facet."""
    value = value_of(facet)
    match kind_of(facet):
        case "category" if value in BY_VALUE:
            return t.plain(BY_VALUE[value])
        case "access" if value in ACCESS:
            return t.plain(ACCESS[value])
        case "region":
            return REGIONS.get(value, value.replace("_", " ").capitalize())
        case _:
            return names.get(facet, value)
