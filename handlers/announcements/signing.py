"""The signature under what is written to a pillar, in the language of the words above it."""

from bot.domain.announcements import Content, signing
from bot.domain.announcements.signing import Signer
from bot.kit.context import Context
from storage import pillars


async def signed(
    ctx: Context,
    content: Content,
    language: str,
    *,
    announcement_id: int | None,
    pillar_id: int | None,
) -> Content:
    """As its author signs it, or I, when it is new; what is not for a pillar stays as it is."""
    words = await signature(ctx, announcement_id, language) if announcement_id else ""
    if not words and pillar_id is not None:
        pillar = await pillars.find(ctx.session, pillar_id)
        words = _words(ctx, (ctx.me, pillar), language) if pillar is not None else ""
    return signing.signed(content, words)


async def signature(ctx: Context, announcement_id: int, language: str) -> str:
    signer = await signing.signer(ctx.session, announcement_id)
    return _words(ctx, signer, language) if signer is not None else ""


def _words(ctx: Context, signer: Signer, language: str) -> str:
    author, pillar = signer
    t = ctx.house.texts[language]
    return t.plain(
        "— {name}, {pillar} pillar", name=author.name, pillar=pillar.name_in(t.language)
    )
