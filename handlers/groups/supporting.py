"""Standing behind a topic on behalf of one's organisation, and who does."""

from bot.domain.groups import support
from bot.domain.groups.topics import Supporter
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups.topic_ways import LeaveTopic, ListSupporters, OpenTopic, SupportTopic
from handlers.groups.topics import topic_screen
from handlers.links import way_back

MOST = 50  # organisations by name; the others are counted


@on(SupportTopic)
async def support_topic(ctx: Context, press: SupportTopic) -> Screen:
    await support.support(ctx.session, press.topic_id, ctx.me, ctx.now)
    said = ctx.t.plain("Noted: your organisation stands behind it.")
    return await topic_screen(ctx, press.topic_id, said)


@on(LeaveTopic)
async def leave_topic(ctx: Context, press: LeaveTopic) -> Screen:
    await support.withdraw(ctx.session, press.topic_id, ctx.me, ctx.now)
    said = ctx.t.plain("Your organisation does not stand behind it any more.")
    return await topic_screen(ctx, press.topic_id, said)


@on(ListSupporters, reading=True)
async def list_supporters(ctx: Context, press: ListSupporters) -> Screen:
    t, key = ctx.t, press.topic_id
    topic, counted, uncounted = await support.who(ctx.session, key, ctx.me, ctx.now)
    text = paragraphs(
        t("🏛 <b>{title}</b>", title=topic.title),
        _listed(t, counted)
        if counted
        else t("No organisation stands behind it yet. Members of the pillar can support it."),
        lines(t("Not counted, having left the pillar or the cluster:"), _listed(t, uncounted))
        if uncounted
        else "",
    )
    return Screen(text, way_back(t, OpenTopic(key)))


def _listed(t: Texts, supporters: list[Supporter]) -> str:
    more = len(supporters) - MOST
    return lines(
        *(
            t(
                "• <b>{where}</b> ({name}, {day})",
                where=each.organisation.short,
                name=each.person.name,
                day=t.date(each.support.since.astimezone(t.zone)),
            )
            for each in supporters[:MOST]
        ),
        t.n("… and {n} more.", "… and {n} more.", more) if more > 0 else "",
    )
