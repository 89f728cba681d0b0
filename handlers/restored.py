"""After a restore the managers are asked about what may have been sent since."""

from dataclasses import dataclass

from bot.domain import restored
from bot.domain.restored import Restored
from bot.kit.buttons import Button
from bot.kit.context import Context, Desk
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.links import way_back


@dataclass(frozen=True)
class SettleRestored(Button, prefix="rst"):
    send: int  # 1: all of it, 0: none


@on(SettleRestored)
async def settle(ctx: Context, press: SettleRestored) -> Screen:
    t, send = ctx.t, bool(press.send)
    messages = await restored.settle(ctx.session, ctx.me, ctx.now, send=send)
    if not messages:
        return Screen(t("This has been decided already."), way_back(t))
    words = t("They are being sent.") if send else t("All right, they will not be sent.")
    return Screen(words, way_back(t))


async def ask_about_a_restore(desk: Desk) -> None:
    """To be called before anything leaves, and after all jobs have run once."""
    found = await restored.begin(desk.session, desk.now)
    if found is None:
        return
    for manager in found.managers:
        desk.tell(
            manager,
            _question(desk.texts_of(manager), found),
            key=f"{desk.occasion}:restored:p{manager.key}",
        )


def _question(t: Texts, found: Restored) -> Screen:
    copied = t("The database was put back from a copy.")
    if found.copied_at is not None:
        copied = t(
            "The database was put back from a copy of <b>{when}</b>.",
            when=t.moment(found.copied_at),
        )
    lost = t("What was done here since is gone: please tell those whom it concerns.")
    if not found.messages:
        return Screen(paragraphs(t("♻️ {words}", words=copied), lost), way_back(t))
    asked = t.n(
        "{n} message was waiting; it may have been sent since. Shall it be sent?",
        "{n} messages were waiting; they may have been sent since. Shall they be sent?",
        found.messages,
    )
    rows = (
        (SettleRestored(0).labelled(t.label("Do not send")),),
        (SettleRestored(1).labelled(t.label("Send them all")),),
    )
    return Screen(paragraphs(t("♻️ {words}", words=copied), lost, asked), (*rows, *way_back(t)))
