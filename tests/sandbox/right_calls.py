"""A right call of every method, in a small world where all of them can be made."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Bot, Chat, User, World
from tests.sandbox.conftest import ANN, BOB, EVE, TOKEN
from tests.sandbox.right_wares import BOT_ID, CHANNEL, CLUB, PREPARED_WARES, WARES
from tests.sandbox.test_media import png

Params = dict[str, Any]
FILES = {"file": Upload("a.bin", b"abc"), "picture": Upload("a.png", png())}
CLUB_IS: Params = {"chat_id": CLUB}
TO_ANN: Params = {"chat_id": ANN}
PLACE: Params = {"latitude": 50.1, "longitude": 14.4}
KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
ALBUM: list[Params] = [{"type": "photo", "media": "attach://picture"}] * 2
ARTICLE = {
    "type": "article",
    "id": "a",
    "title": "A",
    "input_message_content": {"message_text": "<b>hi</b>", "parse_mode": "HTML"},
}

# What needs nothing but itself; the rest is prepared below.
PLAIN: dict[str, Params] = {
    "getMe": {},
    "getUpdates": {},
    "getWebhookInfo": {},
    "setWebhook": {"url": "https://example.org/hook"},
    "deleteWebhook": {"drop_pending_updates": True},
    "getMyCommands": {},
    "getMyName": {},
    "getMyDescription": {},
    "getMyShortDescription": {},
    "setMyName": {"name": "Ray"},
    "setMyDescription": {"description": "x"},
    "setMyShortDescription": {"short_description": "x"},
    "setMyCommands": {"commands": [{"command": "menu", "description": "Menu"}]},
    "deleteMyCommands": {},
    "setChatMenuButton": {"menu_button": {"type": "commands"}},
    "getChatMenuButton": {},
    "getForumTopicIconStickers": {},
    "getUserProfilePhotos": {"user_id": ANN},
    "sendMessage": {**TO_ANN, "text": "hi #x", "reply_markup": KEYBOARD},
    "sendMessageDraft": {**TO_ANN, "draft_id": 1, "text": "hm"},
    "sendPhoto": {**TO_ANN, "photo": "attach://picture", "caption": "#x"},
    **{
        f"send{kind}": {**TO_ANN, name: "attach://file"}
        for kind, name in {
            "Document": "document",
            "Video": "video",
            "Audio": "audio",
            "Voice": "voice",
            "Animation": "animation",
            "VideoNote": "video_note",
            "Sticker": "sticker",
        }.items()
    },
    "sendMediaGroup": {"chat_id": ANN, "media": ALBUM},
    "sendLocation": {**TO_ANN, **PLACE, "live_period": 600},
    "sendVenue": {**TO_ANN, **PLACE, "title": "Hub", "address": "Brno"},
    "sendContact": {**TO_ANN, "phone_number": "+420600", "first_name": "Ann"},
    "sendDice": TO_ANN,
    "sendGame": {**TO_ANN, "game_short_name": "corsairs"},
    "sendPoll": {**TO_ANN, "question": "When?", "options": ["Mon", {"text": "Tue"}]},
    "sendChatAction": {**TO_ANN, "action": "typing"},
    "getChat": CLUB_IS,
    "getChatAdministrators": CLUB_IS,
    "getChatMemberCount": CLUB_IS,
    "getChatMember": {**CLUB_IS, "user_id": ANN},
    "leaveChat": CLUB_IS,
    "banChatMember": {**CLUB_IS, "user_id": ANN},
    "unbanChatMember": {**CLUB_IS, "user_id": ANN},
    "restrictChatMember": {**CLUB_IS, "user_id": ANN, "permissions": {}},
    "promoteChatMember": {**CLUB_IS, "user_id": ANN, "can_pin_messages": True},
    "setChatMemberTag": {**CLUB_IS, "user_id": ANN, "tag": "new"},
    "setChatPermissions": {**CLUB_IS, "permissions": {"can_send_messages": True}},
    "setChatTitle": {**CLUB_IS, "title": "New"},
    "setChatDescription": {**CLUB_IS, "description": "New"},
    "setChatPhoto": {**CLUB_IS, "photo": "attach://picture"},
    "createChatInviteLink": {**CLUB_IS, "name": "x", "member_limit": 3},
    "exportChatInviteLink": CLUB_IS,
    "createForumTopic": {**CLUB_IS, "name": "News"},
    "editGeneralForumTopic": {**CLUB_IS, "name": "Hall"},
    "closeGeneralForumTopic": CLUB_IS,
    "hideGeneralForumTopic": CLUB_IS,
    "unpinAllGeneralForumTopicMessages": CLUB_IS,
    "unpinAllChatMessages": CLUB_IS,
    **WARES,
}
EDITS: dict[str, Params] = {
    "editMessageText": {"text": "new"},
    "editMessageReplyMarkup": {"reply_markup": {"inline_keyboard": []}},
    "deleteMessage": {},
    "setMessageReaction": {"reaction": [{"type": "emoji", "emoji": "❤"}]},
    "pinChatMessage": {},
}
COPIES = ("copyMessage", "forwardMessage", "copyMessages", "forwardMessages")


class Stage:
    """The world, and what has to happen before a call can be right."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def does(self, method: str, **params: Any) -> Any:
        status, body = await self.sandbox.call(TOKEN, method, params, dict(FILES))
        assert status == 200, body
        return body["result"]

    async def params(self, method: str) -> Params:
        if method in PLAIN:
            return dict(PLAIN[method])
        if method in EDITS:
            return {**await self._message("sendMessage"), **EDITS[method]}
        if method in COPIES:
            there = await self._message("sendMessage")
            many: Params = (
                {"message_ids": [there["message_id"]]} if method.endswith("s") else there
            )
            return {**many, "chat_id": CLUB, "from_chat_id": ANN}
        return await PREPARED[method](self)

    async def _message(self, method: str) -> Params:
        sent = await self.does(method, **PLAIN[method])
        return {**TO_ANN, "message_id": sent["message_id"]}

    async def many(self) -> Params:
        there = await self._message("sendMessage")
        return {**TO_ANN, "message_ids": [there["message_id"]]}

    async def caption(self) -> Params:
        return {**await self._message("sendPhoto"), "caption": "new"}

    async def media(self) -> Params:
        return {**await self._message("sendPhoto"), "media": ALBUM[0]}

    async def location(self) -> Params:
        return {**await self._message("sendLocation"), **PLACE, "latitude": 49.5}

    async def moving(self) -> Params:
        return await self._message("sendLocation")

    async def poll(self) -> Params:
        return await self._message("sendPoll")

    async def game(self) -> Params:
        return {**await self._message("sendGame"), "user_id": ANN, "score": 5}

    async def played(self) -> Params:
        score = await self.game()
        await self.does("setGameScore", **score)
        return {name: score[name] for name in ("chat_id", "message_id", "user_id")}

    async def pinned(self) -> Params:
        there = await self._message("sendMessage")
        await self.does("pinChatMessage", **there)
        return there

    async def picture(self) -> Params:
        await self.does("setChatPhoto", **PLAIN["setChatPhoto"])
        return CLUB_IS

    async def file(self) -> Params:
        sent = await self.does("sendDocument", **PLAIN["sendDocument"])
        return {"file_id": sent["document"]["file_id"]}

    async def press(self) -> Params:
        await self._message("sendMessage")
        return {"callback_query_id": Person(self.sandbox, ANN).presses("Go"), "text": "ok"}

    async def query(self) -> Params:
        number = Person(self.sandbox, ANN).asks_inline("x")
        return {"inline_query_id": number, "results": [ARTICLE]}

    async def link(self) -> Params:
        link = await self.does("createChatInviteLink", **CLUB_IS)
        return {**CLUB_IS, "invite_link": link["invite_link"]}

    async def request(self) -> Params:
        asks = {**CLUB_IS, "creates_join_request": True}
        link = await self.does("createChatInviteLink", **asks)
        Person(self.sandbox, EVE).follows_invitation(link["invite_link"])
        return {**CLUB_IS, "user_id": EVE}

    async def title(self) -> Params:
        await self.does("promoteChatMember", **PLAIN["promoteChatMember"])
        return {**CLUB_IS, "user_id": ANN, "custom_title": "Chair"}

    async def topic(self) -> Params:
        made = await self.does("createForumTopic", **PLAIN["createForumTopic"])
        return {**CLUB_IS, "message_thread_id": made["message_thread_id"]}

    async def closed_topic(self) -> Params:
        there = await self.topic()
        await self.does("closeForumTopic", **there)
        return there

    async def closed_general(self) -> Params:
        await self.does("closeGeneralForumTopic", **CLUB_IS)
        return CLUB_IS

    async def hidden_general(self) -> Params:
        await self.does("hideGeneralForumTopic", **CLUB_IS)
        return CLUB_IS


PREPARED: dict[str, Callable[[Stage], Awaitable[Params]]] = {
    "deleteMessages": Stage.many,
    "editMessageCaption": Stage.caption,
    "editMessageMedia": Stage.media,
    "editMessageLiveLocation": Stage.location,
    "stopMessageLiveLocation": Stage.moving,
    "stopPoll": Stage.poll,
    "setGameScore": Stage.game,
    "getGameHighScores": Stage.played,
    "unpinChatMessage": Stage.pinned,
    "deleteChatPhoto": Stage.picture,
    "getFile": Stage.file,
    "answerCallbackQuery": Stage.press,
    "answerInlineQuery": Stage.query,
    "editChatInviteLink": Stage.link,
    "revokeChatInviteLink": Stage.link,
    "approveChatJoinRequest": Stage.request,
    "declineChatJoinRequest": Stage.request,
    "setChatAdministratorCustomTitle": Stage.title,
    **dict.fromkeys(
        (
            "editForumTopic",
            "closeForumTopic",
            "deleteForumTopic",
            "unpinAllForumTopicMessages",
        ),
        Stage.topic,
    ),
    "reopenForumTopic": Stage.closed_topic,
    "reopenGeneralForumTopic": Stage.closed_general,
    "unhideGeneralForumTopic": Stage.hidden_general,
    **PREPARED_WARES,
}


def world() -> World:
    bot = Bot(TOKEN, "ray_bot", "Ray", inline=True, inline_feedback=True)
    people = [User(number, name, started=True) for number, name in ((ANN, "Ann"), (BOB, "Bob"))]
    club = Chat(CLUB, "supergroup", "Club", is_forum=True, owner=BOB)
    club.administrators, club.members = [BOT_ID], [ANN]
    clock = Clock(datetime(2026, 5, 4, 9, 0, tzinfo=UTC))
    channel = Chat(CHANNEL, "channel", "News", owner=BOB, administrators=[BOT_ID])
    return World([bot], [*people, User(EVE, "Eve")], [club, channel], clock)
