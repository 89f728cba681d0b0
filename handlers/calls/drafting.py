"""Calls by hand: a link, a PDF or a text that somebody on the team passes on becomes a draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from telegram import Document, Message

from bot.domain import desk as managers
from bot.domain import rights
from bot.domain.calls import drafting
from bot.domain.calls.drafting import Handed
from bot.domain.rights import Action
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.routes import on, taking
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts
from bot.papers.pdf_texts import MOST_BYTES
from bot.sources.addresses import Refused, host_of
from bot.sources.handed import is_about_a_call
from handlers.calls.completing import ask_for_the_rest
from handlers.calls.listing import cut
from handlers.calls.settling import desk_card
from handlers.calls.terms import title_in
from handlers.calls.ways import OpenCallsDesk, SettleCall
from handlers.links import way_back
from storage.calls.records import GrantCall

LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
BEHIND = ".,;:!?)]}»“”'"  # signs that belong to the sentence around a link
LONG = 200  # letters: nobody searches by so much
TITLE, HOST, ECHOED = 120, 60, 300


@dataclass(frozen=True)
class WantDraft(Button, prefix="ca.h.y"):
    call_id: int


@dataclass(frozen=True)
class RefuseDraft(Button, prefix="ca.h.n"):
    call_id: int


@dataclass(frozen=True)
class AllowAndRead(Button, prefix="ca.h.ok"):
    """Its host may be asked from now on."""

    call_id: int


@dataclass(frozen=True)
class FillByHand(Button, prefix="ca.h.me"):
    """Without reading anything."""

    call_id: int


@taking
async def took(ctx: Context, text: str) -> Answer:
    """What is no search, from the team; everything else is left to others."""
    message = ctx.message
    document = message.document if message else None
    is_pdf = document is not None and _is_pdf(document)
    handed = None if message is None else _handed(message, text)
    if not is_pdf and handed is None:
        return None
    if not await rights.may(ctx.session, ctx.me, Action.DRAFT_CALL, ctx.now):
        return None
    if is_pdf and document is not None:
        return await _take_file(ctx, document)
    return await _take(ctx, handed) if handed else None


def _is_pdf(document: Document) -> bool:
    named = (document.file_name or "").casefold().endswith(".pdf")
    return named or document.mime_type == "application/pdf"


def _handed(message: Message, text: str) -> Handed | None:
    """A link, or more words than anybody searches by, if they were forwarded or say what they
    are."""
    link = next(_links(message, text), "")
    words = LINK.sub("", text)
    long = sum(sign.isalpha() for sign in words) >= LONG
    if long and (message.forward_origin is not None or link or is_about_a_call(text)):
        return Handed(link, text)
    return Handed(link) if link else None


def _links(message: Message, text: str) -> Iterator[str]:
    """Those that stand in the text first, then those behind its words."""
    for found in LINK.findall(text):
        link = found.rstrip(BEHIND)
        yield link if "://" in link else f"https://{link}"
    for entity in (*message.entities, *message.caption_entities):
        if entity.url:
            yield entity.url


async def _take_file(ctx: Context, document: Document) -> Screen:
    t = ctx.t
    if (document.file_size or 0) > MOST_BYTES:
        most = MOST_BYTES >> 20
        return Screen(
            t("The file is larger than {n} MB. Please send me the link or the text.", n=most),
            way_back(t, OpenCallsDesk()),
        )
    name = cut(document.file_name or t.plain("Document"), TITLE)
    draft, _ = await drafting.offer(ctx.session, Handed(), ctx.me, ctx.now)
    facts = {"call_id": draft.key, "person_id": ctx.me.key}
    await ctx.errand("calls.draft", **facts, file=document.file_id)
    text = t("⏳ I am reading <b>{name}</b>. In a moment I will show what I found.", name=name)
    return Screen(text, way_back(t, OpenCallsDesk()))


async def _take(ctx: Context, handed: Handed) -> Answer:
    t = ctx.t
    call, is_new = await drafting.offer(ctx.session, handed, ctx.me, ctx.now)
    if not is_new:
        return _known(t, call)
    host = _host(call.link)
    readable = bool(host) and await drafting.is_allowed(ctx.session, host)
    if readable or is_about_a_call(handed.text):
        return await _go_on(ctx, call)
    what = cut(handed.text or handed.link, ECHOED)
    text = paragraphs(t("<b>Is this a grant call?</b>"), t("<i>{what}</i>", what=what))
    rows: Rows = (
        (
            WantDraft(call.key).labelled(t.label("✅ Yes, prepare it"), "success"),
            RefuseDraft(call.key).labelled(t.label("No")),
        ),
    )
    return Screen(text, (*rows, *way_back(t)))


def _known(t: Texts, call: GrantCall) -> Screen:
    title = cut(title_in(t, call), TITLE)
    text = t("💶 I know this call already: <b>{title}</b>", title=title)
    see = SettleCall(call.key).labelled(t.label("👁 Look at it"))
    return Screen(text, ((see,), *way_back(t, OpenCallsDesk())))


def _host(link: str) -> str:
    """Empty for what cannot be asked at all."""
    try:
        return host_of(link) if link else ""
    except Refused:
        return ""


@on(WantDraft)
async def want(ctx: Context, press: WantDraft) -> Answer:
    return await _go_on(ctx, await drafting.want(ctx.session, press.call_id, ctx.me, ctx.now))


@on(RefuseDraft)
async def refuse(ctx: Context, press: RefuseDraft) -> Screen:
    await drafting.refuse(ctx.session, press.call_id, ctx.me, ctx.now)
    text = ctx.t("All right. Write a word or two, and I will search.")
    return Screen(text, way_back(ctx.t))


async def _go_on(ctx: Context, draft: GrantCall) -> Answer:
    """Read the page if that is allowed, else the words that came; else ask for leave."""
    if draft.title:
        return await desk_card(ctx, draft.key)
    host = _host(draft.link)
    if host and not draft.description and not await drafting.is_allowed(ctx.session, host):
        return await _ask_leave(ctx, draft, host)
    if not host and not draft.description:
        return _unfit_link(ctx.t, draft)
    await ctx.errand("calls.draft", call_id=draft.key, person_id=ctx.me.key)
    t = ctx.t
    text = t("⏳ I am reading it. In a moment I will show what I found.")
    return Screen(text, way_back(t, OpenCallsDesk()))


def _unfit_link(t: Texts, draft: GrantCall) -> Screen:
    text = paragraphs(
        t("⚠️ This address is not one that can be read: <code>{link}</code>",
          link=cut(draft.link, ECHOED)),
        t("You can fill the call in by hand."),
    )  # fmt: skip
    return Screen(text, (_by_hand(t, draft), *way_back(t, OpenCallsDesk())))


def _by_hand(t: Texts, draft: GrantCall) -> tuple[dict[str, object], ...]:
    return (FillByHand(draft.key).labelled(t.label("✍️ Fill it in by hand")),)


async def _ask_leave(ctx: Context, draft: GrantCall, host: str) -> Screen:
    """Only the manager lets us ask a new host; who may not is told that they have been asked."""
    t, shown = ctx.t, cut(host, HOST)
    if await rights.may(ctx.session, ctx.me, Action.KEEP_SOURCES, ctx.now):
        return _leave_screen(t, draft, shown)
    for manager in await managers.managers(ctx.session, ctx.now):
        theirs = ctx.texts_of(manager)
        asked = _leave_screen(theirs, draft, shown, ctx.me.name)
        ctx.tell(manager, asked, key=f"ca{draft.key}:leave:p{manager.key}")
    text = paragraphs(
        t("I do not read <b>{host}</b> yet. I have asked the manager to allow it.", host=shown),
        t("You can fill the call in by hand meanwhile."),
    )
    return Screen(text, (_by_hand(t, draft), *way_back(t, OpenCallsDesk())))


def _leave_screen(t: Texts, draft: GrantCall, host: str, asker: str = "") -> Screen:
    text = paragraphs(
        t("{name} would like to prepare a call from a page.", name=asker) if asker else "",
        t("I do not read <b>{host}</b> yet. Shall I?", host=host),
        t("<code>{link}</code>", link=cut(draft.link, ECHOED)),
    )
    allow = AllowAndRead(draft.key).labelled(t.label("✅ Allow and read"), "success")
    return Screen(text, ((allow,), _by_hand(t, draft), *way_back(t, OpenCallsDesk())))


@on(AllowAndRead)
async def allow(ctx: Context, press: AllowAndRead) -> Answer:
    draft = await drafting.want(ctx.session, press.call_id, ctx.me, ctx.now)
    host = _host(draft.link)
    if host:
        await drafting.allow(ctx.session, draft.key, host, ctx.me, ctx.now)
    return await _go_on(ctx, draft)


@on(FillByHand)
async def fill_by_hand(ctx: Context, press: FillByHand) -> Answer:
    draft = await drafting.want(ctx.session, press.call_id, ctx.me, ctx.now)
    if draft.title:
        return await desk_card(ctx, draft.key)
    title = _host(draft.link) or ctx.t.plain("New call")
    draft = await drafting.begin_empty(ctx.session, draft.key, title, ctx.me, ctx.now)
    return await ask_for_the_rest(ctx, draft.key, also=("title",))
