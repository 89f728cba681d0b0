"""Amounts of a call in words: what they are, and of what."""

from collections.abc import Iterator

from bot.kit.texts import Texts
from storage.calls.records import Basis, GrantCall


def money(t: Texts, call: GrantCall) -> Iterator[str]:
    """Lines in HTML: for a project, how much of the costs, and for all."""
    if project := _project(t, call):
        yield project
    if call.rate is not None:
        yield t("📐 Support: up to {rate} % of the costs", rate=t.number(call.rate))
    if call.budget is not None:
        yield t("🏦 For all projects: {amount}", amount=t.money(call.budget, call.currency))


def _project(t: Texts, call: GrantCall) -> str:
    most, least = call.support_most, call.support_least
    if most is not None and least is not None and least < most:
        between = f"{t.money(least, call.currency)} – {t.money(most, call.currency)}"
    elif most is not None:
        between = t.plain("up to {amount}", amount=t.money(most, call.currency))
    elif least is not None:
        between = t.plain("from {amount}", amount=t.money(least, call.currency))
    else:
        return ""
    match call.basis:
        case Basis.SUPPORT:
            return t("💰 A project gets <b>{amount}</b>", amount=between)
        case Basis.COSTS:
            return t("💰 A project costs <b>{amount}</b> (all of it, not the support)",
                     amount=between)  # fmt: skip
        case _:
            return t("💰 A project: <b>{amount}</b> (support or costs: see the call)",
                     amount=between)  # fmt: skip


def short(t: Texts, call: GrantCall) -> str:
    """Plain, for a list: the most that a project gets; empty where that is not known."""
    if call.support_most is None or call.basis == Basis.COSTS:
        return ""
    return t.plain("up to {amount}", amount=t.money(call.support_most, call.currency))
