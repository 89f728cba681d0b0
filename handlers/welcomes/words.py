"""What the steps say where no manager has said it otherwise, and where their buttons lead."""

from collections.abc import Mapping

from bot.domain.welcomes import Step
from bot.kit.buttons import Button
from bot.kit.texts import gettext_noop
from handlers.links import (
    InviteInto,
    ListInstruments,
    ListPillars,
    ListWorkshops,
    OpenCallSettings,
    OpenHelp,
    OpenPillar,
    OpenProfileOf,
    WriteToManager,
)
from storage.welcomes import Series

NAMES = {
    Series.PERSON: gettext_noop("👋 A new person"),
    Series.ORGANISATION: gettext_noop("🏢 A new organisation"),
    Series.OWNER: gettext_noop("🔬 An owner of equipment"),
    Series.LEAD: gettext_noop("👥 A new guarantor"),
    Series.QUIET: gettext_noop("💤 A quiet organisation"),
}
WORDS: Mapping[Series, tuple[str, ...]] = {
    Series.PERSON: (
        gettext_noop(
            "👋 <b>Welcome among us.</b> Begin with the pillar of your field: you will meet the "
            "people there and hear what concerns you."
        ),
        gettext_noop(
            "💶 <b>Grant calls that fit you</b> can come by themselves. Say which ones; it takes "
            "half a minute."
        ),
        gettext_noop(
            "📅 <b>People meet best in person.</b> See what is coming, and sign up with one tap."
        ),
        gettext_noop(
            "🧭 <b>You have been with us for a month.</b> What else I can do stands in the help."
        ),
    ),
    Series.ORGANISATION: (
        gettext_noop(
            "🏢 <b>You speak for your organisation here.</b> Invite your colleagues: one link is "
            "enough for all of them."
        ),
        gettext_noop(
            "👥 <b>In which pillars is your organisation at home?</b> By these it hears of "
            "meetings, calls and enquiries."
        ),
        gettext_noop(
            "🔬 <b>Offer what you can measure and make.</b> Others find it here, and ask you "
            "themselves."
        ),
        gettext_noop(
            "🎯 <b>Tell me the size and region of your organisation.</b> Then I only bring you "
            "calls that it may apply for."
        ),
    ),
    Series.OWNER: (
        gettext_noop(
            "🔬 <b>Others can find your instruments now.</b> Look how they are described; a "
            "picture and a price save questions."
        ),
        gettext_noop(
            "🗓 <b>When is the instrument free?</b> Publish free windows, and people book one by "
            "themselves."
        ),
        gettext_noop(
            "📬 <b>When an enquiry comes,</b> one tap answers it: offer, ask back or decline."
        ),
        gettext_noop(
            "✅ <b>Do your records still hold?</b> Have a look; whoever finds an old one does not "
            "come back."
        ),
    ),
    Series.LEAD: (
        gettext_noop(
            "👥 <b>You are a guarantor now.</b> On the card of your pillar you see its people, "
            "its requests and its topics."
        ),
        gettext_noop(
            "💬 <b>Does the group have a chat in Telegram?</b> Link it to the pillar, and I let "
            "the right people in."
        ),
        gettext_noop(
            "🗓 <b>Find a date for the first meeting:</b> I ask everybody, remind those who are "
            "silent and make an event of it."
        ),
        gettext_noop(
            "💡 <b>What should change in your field?</b> Put the first topic forward; others will "
            "support it and add theirs."
        ),
    ),
    Series.QUIET: (
        gettext_noop(
            "💤 <b>We have not heard of each other for long.</b> Something in these events may "
            "interest you."
        ),
        gettext_noop(
            "💶 <b>Are you looking for money for research?</b> I watch the calls for you and only "
            "bring those that fit."
        ),
        gettext_noop(
            "👥 <b>Your field has a working group.</b> Join the pillar, and you will know what is "
            "being prepared."
        ),
        gettext_noop("🧭 <b>Is something missing here?</b> Write to the manager about it."),
    ),
}


def leads_to(step: Step) -> tuple[str, Button]:
    """What the one button of a step says, and what it does."""
    series, number, about = step.welcome.series, step.number, step.about
    match series, number:
        case (Series.PERSON, 0) | (Series.ORGANISATION, 1) | (Series.QUIET, 2):
            return gettext_noop("👥 Choose a pillar"), ListPillars()
        case (Series.PERSON | Series.QUIET, 1):
            return gettext_noop("🔔 Set up alerts"), OpenCallSettings()
        case (Series.PERSON, 2) | (Series.QUIET, 0):
            return gettext_noop("📅 Events"), ListWorkshops()
        case (Series.ORGANISATION, 0):
            return gettext_noop("✉️ Invite colleagues"), InviteInto(about)
        case (Series.ORGANISATION, 3):
            return gettext_noop("🎯 Fill it in"), OpenProfileOf(about)
        case (Series.ORGANISATION | Series.OWNER, _):
            return gettext_noop("🔬 Equipment"), ListInstruments()
        case (Series.LEAD, _):
            return gettext_noop("👥 To the pillar"), OpenPillar(about)
        case (Series.QUIET, _):
            return gettext_noop("✉️ Write to the manager"), WriteToManager()
    return gettext_noop("❓ Help"), OpenHelp()
