"""The regions of Czechia by their NUTS 3 codes, which begin with those of the larger ones."""

REGIONS = {  # code: (Czech name, English name), in the order of the codes
    "CZ010": ("Praha", "Prague"),
    "CZ020": ("Středočeský kraj", "Central Bohemia"),
    "CZ031": ("Jihočeský kraj", "South Bohemia"),
    "CZ032": ("Plzeňský kraj", "Plzeň Region"),
    "CZ041": ("Karlovarský kraj", "Karlovy Vary Region"),
    "CZ042": ("Ústecký kraj", "Ústí Region"),
    "CZ051": ("Liberecký kraj", "Liberec Region"),
    "CZ052": ("Královéhradecký kraj", "Hradec Králové Region"),
    "CZ053": ("Pardubický kraj", "Pardubice Region"),
    "CZ063": ("Vysočina", "Vysočina"),
    "CZ064": ("Jihomoravský kraj", "South Moravia"),
    "CZ071": ("Olomoucký kraj", "Olomouc Region"),
    "CZ072": ("Zlínský kraj", "Zlín Region"),
    "CZ080": ("Moravskoslezský kraj", "Moravia-Silesia"),
}
LARGER = {
    "CZ": ("celé Česko", "all of Czechia"),
    "CZ0": ("celé Česko", "all of Czechia"),
    "CZ01": ("Praha", "Prague"),
    "CZ02": ("Střední Čechy", "Central Bohemia"),
    "CZ03": ("Jihozápad", "Southwest"),
    "CZ04": ("Severozápad", "Northwest"),
    "CZ05": ("Severovýchod", "Northeast"),
    "CZ06": ("Jihovýchod", "Southeast"),
    "CZ07": ("Střední Morava", "Central Moravia"),
    "CZ08": ("Moravskoslezsko", "Moravia-Silesia"),
}


def name_in(code: str, language: str) -> str:
    """The code itself for a region that is none of ours."""
    names = REGIONS.get(code) or LARGER.get(code)
    return code if names is None else names[0 if language == "cs" else 1]
