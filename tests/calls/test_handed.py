"""What a text that was handed over says of the kind of its call."""

from datetime import UTC, datetime

import pytest

from bot.sources import handed

NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "link", "kind"),
    [
        ("NATO DIANA: challenge on sensing under water", "", "international"),
        ("Výzva Evropského obranného fondu na zaměřovače", "", "european"),
        ("Topic HORIZON-CL4-2027-02-11 on photonic chips", "", "european"),
        ("New sensors for industry", "https://ec.europa.eu/info/sensors", "european"),
        ("New sensors for ships", "https://www.diana.nato.int/ships", "international"),
        ("Inovační vouchery kraje, druhá výzva", "https://kraj.example.cz/", None),
    ],
)
def test_its_name_or_address_tells(name: str, link: str, kind: str | None) -> None:
    found = handed.of_text(f"{name}\nDeadline: 1 June 2027.", link, NOW, "Europe/Prague")
    assert found.fields.get("kind") == kind
