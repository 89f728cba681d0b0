"""The equipment that members have: records, what they are found by, and who asks for what."""

from storage.instruments.enquiries import Carried, Demand, Enquiry
from storage.instruments.finding import Word
from storage.instruments.imports import Import
from storage.instruments.records import (
    Category,
    Condition,
    Instrument,
    InstrumentPillar,
    Offering,
    Outage,
    Priced,
    Visibility,
    among,
    find,
    outage,
    pillars_of,
)
from storage.instruments.searches import Missed, Search
from storage.instruments.windows import Booking, Window, WindowQuarter

__all__ = [
    "Booking",
    "Carried",
    "Category",
    "Condition",
    "Demand",
    "Enquiry",
    "Import",
    "Instrument",
    "InstrumentPillar",
    "Missed",
    "Offering",
    "Outage",
    "Priced",
    "Search",
    "Visibility",
    "Window",
    "WindowQuarter",
    "Word",
    "among",
    "find",
    "outage",
    "pillars_of",
]
