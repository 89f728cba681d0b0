"""On what terms an announcement will leave, in words: how it reaches people, and at what hours."""

from bot.domain.announcements import Card
from bot.kit.context import Desk
from bot.kit.screens import lines
from bot.kit.texts import Texts
from storage.announcements import Delivery, Hours
from storage.pushes import Outlook


def enough(desk: Desk) -> int:
    """How many pushes a week the cluster allows those who have not said otherwise."""
    return desk.house.cluster.weekly_pushes


def terms(t: Texts, card: Card, limit: int) -> str:
    """`limit` says when somebody has had enough."""
    made = card.announcement
    if made.urgent is not None:
        return t("‼️ Urgent, to everybody at once: {why}", why=made.urgent)
    if made.delivery is Delivery.DIGEST:
        return t("📰 They will find it in Monday's digest.")
    late = _late(t, card.outlook, limit) if card.outlook else ""
    hours = ""
    if made.hours is Hours.WORKING:
        hours = t("🕗 It leaves in working hours only, on working days from 8 to 20.")
    return lines(late, hours)


def reach(t: Texts, card: Card) -> str:
    muted = card.outlook.muted if card.outlook else 0
    return numbers(t, card.people, card.unreachable, muted)


def numbers(t: Texts, people: int, unreachable: int, muted: int = 0) -> str:
    goes = t.n(
        "It goes to <b>{count}</b> person.",
        "It goes to <b>{count}</b> people.",
        people,
        count=t.number(people),
    )
    silent = t.n(
        "{count} more has turned announcements off.",
        "{count} more have turned announcements off.",
        muted,
        count=t.number(muted),
    )
    out_of_reach = t.n(
        "{n} more cannot be reached, having blocked the bot.",
        "{n} more cannot be reached, having blocked the bot.",
        unreachable,
    )
    return lines(goes, silent if muted else "", out_of_reach if unreachable else "")


def _late(t: Texts, outlook: Outlook, limit: int) -> str:
    over, wish = "", ""
    if had_enough := outlook.over_limit(limit):
        over = t.n(
            "{count} of them has had enough this week and gets it in Monday's digest.",
            "{count} of them have had enough this week and get it in Monday's digest.",
            had_enough,
            count=t.number(had_enough),
        )
    if outlook.by_wish:
        wish = t.n(
            "{count} of them wants announcements in Monday's digest.",
            "{count} of them want announcements in Monday's digest.",
            outlook.by_wish,
            count=t.number(outlook.by_wish),
        )
    return lines(over, wish)
