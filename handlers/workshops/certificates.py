"""A certificate of attendance by one tap, and offered to those who were at most of their parts."""

from datetime import timedelta

from bot.domain.refusals import Refusal
from bot.domain.workshops import Reminded, certificates
from bot.domain.workshops.certificates import Certificate
from bot.kit.context import Context, Desk, House
from bot.kit.errands import Trip
from bot.kit.routes import errand, on
from bot.kit.screens import Screen, Toast, paragraphs
from bot.kit.texts import Texts
from handlers.links import OpenWorkshop, home
from handlers.workshops.reminding import remind
from handlers.workshops.ways import GetCertificate
from handlers.workshops.words import part_name
from storage import people
from storage.people import Person
from storage.workshops import Event
from storage.workshops.reminders import Kind

HOUR = timedelta(hours=1)


def offer(t: Texts, event: Event) -> Screen:
    text = paragraphs(
        t("📜 Your certificate of attendance is ready: <b>{title}</b>", title=event.title),
        t("One tap, and I will send it to you as a PDF."),
    )
    get = GetCertificate(event.id).labelled(t.label("📜 Get the certificate"), "success")
    way = (OpenWorkshop(event.id).labelled(t.label("📅 Open the event")), home(t))
    return Screen(text, ((get,), way))


@remind(Kind.CERTIFICATE)
def day_after(t: Texts, reminded: Reminded) -> Screen:
    return offer(t, reminded.event)


@on(GetCertificate)
async def get_certificate(ctx: Context, press: GetCertificate) -> Toast:
    await certificates.check(ctx.session, press.workshop_id, ctx.me, ctx.now)
    facts = {"workshop_id": press.workshop_id, "person_id": ctx.me.key}
    await ctx.errand("workshops.certificate", **facts)
    return Toast(ctx.t.plain("Preparing your certificate …"))


@errand("workshops.certificate")
async def send_certificate(trip: Trip, workshop_id: int, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        assert me is not None
        issued = await _issued(desk, workshop_id, me)
    t = trip.house.texts[me.language]
    content = await trip.aside(drawn, t, trip.house, issued) if issued else b""
    async with trip.deliver() as desk:
        if issued:
            caption = t("📜 <b>{title}</b>: certificate of attendance", title=issued.event.title)
            await desk.send_file(me, f"certificate-{workshop_id}.pdf", content, caption)


async def _issued(desk: Desk, workshop_id: int, me: Person) -> Certificate | None:
    """None where the event was cancelled, or the check-in taken back, a moment ago."""
    try:
        return await certificates.issue(desk.session, workshop_id, me, desk.now)
    except Refusal:
        return None


def drawn(t: Texts, house: House, issued: Certificate) -> bytes:
    """For a thread; what draws is loaded when it is needed for the first time."""
    from bot.papers import certificate
    from bot.papers.sheet import Imprint

    event, cluster = issued.event, house.cluster.name
    parts = tuple(
        certificate.Attended(
            name=part_name(t, slot) if len(event.parts) > 1 else "",
            when=t.span(slot.starts_at, slot.ends_at),
            hours=hours(t, slot.ends_at - slot.starts_at),
        )
        for slot in issued.slots
    )
    end = issued.slots[-1].ends_at
    return certificate.pdf(
        certificate.Certificate(
            imprint=Imprint(event.title, cluster, t.language, "", end),
            heading=t.plain("Certificate of attendance"),
            person=issued.person.name,
            organisation=issued.organisation,
            says=t.plain("This is to certify the attendance of the above at"),
            place=event.place,
            parts=parts,
            total=t.plain("Total: {hours}", hours=hours(t, issued.length)),
            number=t.plain("No. {number}", number=issued.number),
            issued=t.plain("Issued {day}", day=t.date(end.astimezone(t.zone).date())),
            organiser=cluster,
        )
    )


def hours(t: Texts, length: timedelta) -> str:
    return t.plain("{n} h", n=t.number(round(length / HOUR, 1)))
