"""Right calls around stickers, pictures, Stars and what else a bot may have or give."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tests.sandbox.conftest import ANN, BOB

if TYPE_CHECKING:
    from tests.sandbox.right_calls import Stage

Params = dict[str, Any]
BOT_ID, CLUB, CHANNEL = 42, -600, -700
SET: Params = {"name": "hats_by_ray_bot"}
FOR_ANN: Params = {"user_id": ANN}
STICKER = {"sticker": "attach://picture", "format": "static", "emoji_list": ["🎩"]}
MASK = {"point": "eyes", "x_shift": 0, "y_shift": 0.5, "scale": 2}
NEW_SET: Params = {**SET, **FOR_ANN, "title": "Hats", "stickers": [STICKER]}
INVOICE: Params = {
    "title": "Place",
    "description": "A place at the workshop",
    "payload": "w7",
    "currency": "XTR",
    "prices": [{"label": "place", "amount": 5}],
}
PRICED: Params = {"chat_id": CHANNEL, "subscription_period": 2_592_000, "subscription_price": 5}
SENDER: Params = {"chat_id": CLUB, "sender_chat_id": CHANNEL}
RESULT = {
    "type": "article",
    "id": "a",
    "title": "A",
    "input_message_content": {"message_text": "hi"},
}

WARES: dict[str, Params] = {
    "uploadStickerFile": {**FOR_ANN, "sticker": "attach://picture", "sticker_format": "static"},
    "createNewStickerSet": NEW_SET,
    "sendLivePhoto": {"chat_id": ANN, "live_photo": "attach://file", "photo": "attach://picture"},
    "sendPaidMedia": {
        "chat_id": ANN,
        "star_count": 3,
        "media": [{"type": "photo", "media": "attach://picture"}],
    },
    "sendInvoice": {"chat_id": ANN, **INVOICE},
    "createInvoiceLink": INVOICE,
    "getMyStarBalance": {},
    "getStarTransactions": {},
    "getAvailableGifts": {},
    "getUserGifts": FOR_ANN,
    "getChatGifts": {"chat_id": CLUB},
    "getUserChatBoosts": {"chat_id": CLUB, **FOR_ANN},
    "getUserProfileAudios": FOR_ANN,
    "getUserPersonalChatMessages": {**FOR_ANN, "limit": 2},
    "setMyProfilePhoto": {"photo": {"type": "static", "photo": "attach://picture"}},
    "removeMyProfilePhoto": {},
    "setMyDefaultAdministratorRights": {"rights": {"can_pin_messages": True}},
    "getMyDefaultAdministratorRights": {},
    "createChatSubscriptionInviteLink": PRICED,
    "banChatSenderChat": SENDER,
    "unbanChatSenderChat": SENDER,
    "deleteAllMessageReactions": {"chat_id": CLUB, **FOR_ANN},
    "deleteChatStickerSet": {"chat_id": CLUB},
    "savePreparedInlineMessage": {**FOR_ANN, "result": RESULT},
}


async def set_made(stage: "Stage", **about: Any) -> list[str]:
    """The ids of the stickers in a set that has just been made."""
    await stage.does("createNewStickerSet", **{**NEW_SET, **about})
    found = await stage.does("getStickerSet", **SET)
    return [one["file_id"] for one in found["stickers"]]


async def of_set(stage: "Stage") -> Params:
    await set_made(stage)
    return dict(SET)


async def added(stage: "Stage") -> Params:
    return {**await of_set(stage), **FOR_ANN, "sticker": STICKER}


async def replaced(stage: "Stage") -> Params:
    old = (await set_made(stage))[0]
    return {**SET, **FOR_ANN, "old_sticker": old, "sticker": STICKER}


def of_sticker(**told: Any) -> "Callable[[Stage], Awaitable[Params]]":
    async def one(stage: "Stage") -> Params:
        return {"sticker": (await set_made(stage, stickers=[STICKER] * 2))[0], **told}

    return one


async def masked(stage: "Stage") -> Params:
    sticker = (await set_made(stage, sticker_type="mask"))[0]
    return {"sticker": sticker, "mask_position": MASK}


async def titled(stage: "Stage") -> Params:
    return {**await of_set(stage), "title": "Caps"}


async def with_thumbnail(stage: "Stage") -> Params:
    shown = {"thumbnail": "attach://picture", "format": "static"}
    return {**await of_set(stage), **FOR_ANN, **shown}


async def of_emoji(stage: "Stage") -> Params:
    await set_made(stage, sticker_type="custom_emoji")
    return dict(SET)


async def emoji(stage: "Stage") -> Params:
    await of_emoji(stage)
    found = await stage.does("getStickerSet", **SET)
    return {"custom_emoji_ids": [found["stickers"][0]["custom_emoji_id"]]}


async def of_chat(stage: "Stage") -> Params:
    await set_made(stage)
    return {"chat_id": CLUB, "sticker_set_name": SET["name"]}


async def priced_link(stage: "Stage") -> Params:
    link = await stage.does("createChatSubscriptionInviteLink", **PRICED)
    return {"chat_id": CHANNEL, "invite_link": link["invite_link"]}


async def reacted(stage: "Stage") -> Params:
    sent = await stage.does("sendMessage", chat_id=CLUB, text="hi")
    return {"chat_id": CLUB, "message_id": sent["message_id"], "user_id": BOB}


PREPARED_WARES: "dict[str, Callable[[Stage], Awaitable[Params]]]" = {
    "getStickerSet": of_set,
    "deleteStickerSet": of_set,
    "getCustomEmojiStickers": emoji,
    "addStickerToSet": added,
    "replaceStickerInSet": replaced,
    "setStickerPositionInSet": of_sticker(position=1),
    "deleteStickerFromSet": of_sticker(),
    "setStickerEmojiList": of_sticker(emoji_list=["👒"]),
    "setStickerKeywords": of_sticker(keywords=["hat"]),
    "setStickerMaskPosition": masked,
    "setStickerSetTitle": titled,
    "setStickerSetThumbnail": with_thumbnail,
    "setCustomEmojiStickerSetThumbnail": of_emoji,
    "setChatStickerSet": of_chat,
    "editChatSubscriptionInviteLink": priced_link,
    "deleteMessageReaction": reacted,
}
