"""From an update to calls: who is it, what do they want, which handler answers, what is owed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Message, Update, User

from bot.domain import people
from bot.domain.people import Face
from bot.domain.refusals import Refusal
from bot.kit import buttons, forms, gatherings, routes, updates
from bot.kit.buttons import Button
from bot.kit.commands import command_of
from bot.kit.context import Context, Desk, House
from bot.kit.forms import Choose, GiveUp
from bot.kit.inline import together
from bot.kit.routes import Route
from bot.kit.screens import Answer, Screen, Toast
from bot.kit.texts import language_for
from storage import drafts
from storage import people as store
from storage.outbox import Call, Priority
from storage.people import Person

routes.on(Choose)(forms.choose)
routes.on(GiveUp)(forms.give_up)


class NeedsWriting(Exception):
    """A reading handler was asked for, but something has to be written down first."""


@dataclass(frozen=True)
class Reply:
    """What is owed. With `keep` False the transaction is to be rolled back all the same."""

    calls: list[Call]
    keep: bool = True


Refused = Callable[[Context, Refusal], Screen]


@dataclass(frozen=True)
class Request:
    """An update that has been read, and the route that it takes."""

    reception: "Reception"
    update: Update
    update_id: int
    button: Button | None
    route: Route | None

    @property
    def reading(self) -> bool:
        is_query = self.update.inline_query is not None
        return is_query or (self.route is not None and self.route.reading)

    async def run(self, session: AsyncSession, now: datetime, *, reading: bool) -> Reply:
        """Raises `NeedsWriting` when `reading` is not enough after all."""
        return await self.reception.answer(self, session, now, reading=reading)


class Reception:
    needs_writing = NeedsWriting

    def __init__(self, house: House, refused: Refused) -> None:
        self.house = house
        self._refused = refused
        self._commands = {n: c.route for c in routes.commands for n in c.names}

    def read(self, body: str, update_id: int) -> Request | None:
        """None for a kind of update that we do not know; raises ValueError for a broken one."""
        update = updates.read(body, self.house.bot)
        if update is None:
            return None
        if update.callback_query:
            button = buttons.read(update.callback_query.data or "")
            kind = type(button) if button else None
            route = routes.presses.get(kind) if kind else None
            return Request(self, update, update_id, button, route or routes.fallbacks["stale"])
        if update.message:
            return Request(self, update, update_id, None, self._route_of(update.message))
        return Request(self, update, update_id, None, None)

    def _route_of(self, message: Message) -> Route | None:
        """None when only the database can tell."""
        name = command_of(message, self.house.bot_name)
        if name is None or name == "start":
            return None
        return self._commands.get(name)

    async def answer(
        self, request: Request, session: AsyncSession, now: datetime, *, reading: bool
    ) -> Reply:
        update = request.update
        desk = Desk(self.house, session, now, f"u{request.update_id}")
        if await gatherings.heard(desk, update):
            return Reply(desk.calls)
        if update.inline_query is not None:
            return await self._inline(request, session, now)
        user, chat = update.effective_user, update.effective_chat
        if user is None or user.is_bot or chat is None:
            return Reply([])
        if chat.type != "private" and not self._calls_us(update):
            await gatherings.overheard(desk, update.message)
            return Reply(desk.calls)
        me = await self._person(session, user, now, reading=reading)
        ctx = Context(self.house, session, now, f"u{request.update_id}", me=me, update=update)
        try:
            if chat.type != "private":
                return await self._in_group(ctx)
            shown = await self._ask(ctx, request, reading=reading)
        except Refusal as refusal:
            ctx.calls.clear()
            shown = self._refusal(ctx, refusal)
            return Reply([*_answer_calls(ctx, shown), *ctx.calls], keep=False)
        return Reply([*_answer_calls(ctx, shown), *ctx.calls])

    async def _inline(self, request: Request, session: AsyncSession, now: datetime) -> Reply:
        """Nobody is written down for trying it: whom we do not know is a stranger."""
        update, query = request.update, request.update.inline_query
        assert query is not None
        me = await store.by_telegram(session, query.from_user.id) or self._stranger(
            query.from_user, now
        )
        ctx = Context(self.house, session, now, f"u{request.update_id}", me=me, update=update)
        features = [run for _, run in sorted(routes.inline.items())]
        answers = [partial(run, ctx, query.query) for run in features]
        hits = await together(answers, query.offset)
        ctx.owe(Call("answerInlineQuery", query.from_user.id, hits.payload(query)))
        return Reply(ctx.calls)

    def _stranger(self, user: User, now: datetime) -> Person:
        language = language_for(user.language_code, self.house.cluster.language)
        return Person(id=0, telegram_id=user.id, language=language, met_at=now)

    async def _person(
        self, session: AsyncSession, user: User, now: datetime, *, reading: bool
    ) -> Person:
        language = language_for(user.language_code, self.house.cluster.language)
        face = Face(
            user.id, user.first_name[:64], (user.last_name or "")[:64], user.username, language
        )
        if not reading:
            return await people.meet(session, face, now)
        me = await people.known(session, face)
        if me is None:
            raise NeedsWriting
        return me

    def _ask(self, ctx: Context, request: Request, *, reading: bool) -> Awaitable[Answer]:
        if request.button is not None and request.route is not None:
            return request.route.act(ctx, request.button)
        message = ctx.message
        if message is None:
            return routes.fallbacks["stale"].act(ctx, None)
        name = command_of(message, self.house.bot_name)
        if name is not None:
            return self._run_command(ctx, name, request.route, reading=reading)
        return self._typed(ctx, message)

    async def _run_command(
        self, ctx: Context, name: str, route: Route | None, *, reading: bool
    ) -> Answer:
        """A command ends the form that was being filled in: what is typed next is no answer."""
        rest = (ctx.message.text or "").partition(" ")[2].strip() if ctx.message else ""
        if await drafts.find(ctx.session, ctx.me.key) is not None:
            if reading:
                raise NeedsWriting
            await drafts.drop(ctx.session, ctx.me.key)
        if name == "start" and rest and rest[0] in routes.links:
            return await routes.links[rest[0]](ctx, rest[1:])
        if route is None:
            route = self._commands.get(name) or routes.fallbacks["other"]
        return await route.act(ctx, rest)

    async def _typed(self, ctx: Context, message: Message) -> Answer:
        from telegram.ext import filters  # it loads slowly, and the start does not need it

        if filters.StatusUpdate.ALL.check_update(ctx.update):
            return None  # Telegram says what somebody did, such as pinning; nobody asked us
        for answer_reply in routes.repliers if message.reply_to_message else ():
            answer = await answer_reply(ctx, message)
            if answer is not None:
                return answer
        draft = await drafts.find(ctx.session, ctx.me.key)
        if draft is not None and draft.form in forms.Form.known:
            return await forms.answer(ctx, draft, message)
        for take in routes.takers:
            answer = await take(ctx, message.text or message.caption or "")
            if answer is not None:
                return answer
        if message.text:
            return await routes.fallbacks["search"].act(ctx, message.text)
        if message.document and "document" in routes.fallbacks:
            return await routes.fallbacks["document"].act(ctx, message.caption or "")
        return await routes.fallbacks["other"].act(ctx, "")

    def _calls_us(self, update: Update) -> bool:
        """Nobody is written down for talking in a group."""
        known = frozenset({*self._commands, "start"})
        asks = update.chat_join_request is not None
        return asks or gatherings.calls_us(update, known, self.house.bot_name)

    async def _in_group(self, ctx: Context) -> Reply:
        request = ctx.update.chat_join_request
        try:
            if request is None:
                await gatherings.answer(ctx)
            else:
                for run in routes.join_requests:
                    await run(ctx, request)
        except Refusal as refusal:
            ctx.calls.clear()
            gatherings.refuse(ctx, self._refused(ctx, refusal).toast)
            return Reply(ctx.calls, keep=False)
        return Reply(ctx.calls)

    def _refusal(self, ctx: Context, refusal: Refusal) -> Answer:
        screen = self._refused(ctx, refusal)
        return Toast(screen.toast, alert=True) if ctx.update.callback_query else screen

    def sorry(self, body: str, update_id: int, code: str) -> list[Call]:
        """What somebody is told when we could not do what they asked, even after some tries."""
        try:
            request = self.read(body, update_id)
        except ValueError:
            return []
        update = request.update if request else None
        if update is None or update.effective_user is None or update.effective_chat is None:
            return []
        if update.effective_chat.type != "private":
            return []
        language = language_for(update.effective_user.language_code, self.house.cluster.language)
        words = self.house.texts[language].plain(
            "That did not work (code {code}). Nothing is lost; please try again.", code=code
        )
        if update.callback_query:
            return [_toast(update, Toast(words, alert=True))]
        screen = Screen(self.house.texts[language]("{words}", words=words))
        return [Call("sendMessage", update.effective_chat.id, screen.payload)]


def _answer_calls(ctx: Context, shown: Answer) -> list[Call]:
    query, chat = ctx.update.callback_query, ctx.update.effective_chat
    assert chat is not None
    calls: list[Call] = []
    if query is not None:
        toast = shown if isinstance(shown, Toast) else Toast("")
        if isinstance(shown, Screen):
            toast = Toast(shown.toast, shown.alert)
        calls.append(_toast(ctx.update, toast))
    if isinstance(shown, Screen):
        pressed = query.message if query else None
        if isinstance(pressed, Message) and pressed.text is not None and not shown.fresh:
            payload = {"message_id": pressed.message_id, **shown.payload}
            calls.append(Call("editMessageText", chat.id, payload))
        else:
            calls.append(Call("sendMessage", chat.id, shown.payload))
    elif isinstance(shown, Toast) and shown.text and query is None:
        calls.append(
            Call("sendMessage", chat.id, Screen(ctx.t("{words}", words=shown.text)).payload)
        )
    return [
        call if call.method == "answerCallbackQuery" else call.keyed(ctx.answer_key)
        for call in calls
    ]


def _toast(update: Update, toast: Toast) -> Call:
    query = update.callback_query
    assert query is not None
    payload: dict[str, Any] = {"callback_query_id": query.id}
    if toast.text:
        payload |= {"text": toast.text[:200], "show_alert": toast.alert}
    return Call("answerCallbackQuery", query.from_user.id, payload, Priority.ANSWER)
