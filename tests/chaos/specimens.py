"""One update of each kind that Telegram has, and what can become of it on the way."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from bot.demo.meeting_places import LASERS
from tests.chaos.town import ROLES

Json = dict[str, Any]
Place = tuple[Any, Any]  # what holds something, and under which key or index
BOT = {"id": 1_000_000, "is_bot": True, "first_name": "Paprsek", "username": "paprsek_bot"}
STRANGER = 9_009
DATE = 1_803_888_000
TEXTS = (
    "", " ", "\n", "/", "/start", "/start w1", "/start w99999999999", "/start s1_²",
    "/start " * 40,
    "/menu@paprsek_bot", "/admin", "/akce", "tenké vrstvy", "אור לייזר", "\u202eobráceně\u202c",
    "👩‍🔬🏳️‍🌈", "e\u0301" * 40, "x" * 4096, "&lt;b&gt;", "<b>tučně", "</i>", "{name}", "%s",
    "12. 5. 2027 9:00",
    "31. 2. 2027", "0", "-1", "1e9", "٣", "²", "9" * 60, "'; drop table person; --",
    "\ufeff", "\u2028",
    "\ud83d",
)  # fmt: skip
NUMBERS = (0, 1, -1, 2, 7, 64, 4096, 2**31 - 1, 2**31, 2**53, DATE, -LASERS)
JUNK = (
    "null", "true", "0", "-1", str(2**63), "1" + "0" * 40, "1.5", '""', '"x"', "[]", "{}",
    "[null]", "[[]]", '{"id": null}',
)  # fmt: skip


def specimens(person: int) -> dict[str, Json]:
    """From that person, by kind; everything optional that we read is there."""
    user = {"id": person, "is_bot": False, "first_name": "Ann", "language_code": "cs"}
    private = {"id": person, "type": "private", "first_name": "Ann"}
    group = {"id": LASERS, "type": "supergroup", "title": "Laserové technologie"}
    ours = {"message_id": 3, "from": BOT, "chat": private, "date": DATE, "text": "Menu"}
    said = {"message_id": 4, "from": user, "chat": private, "date": DATE, "text": "tenké vrstvy"}
    in_group = {**said, "chat": group, "text": "/propojit"}
    poll = {
        "id": "77", "question": "Kdy?", "total_voter_count": 1, "is_closed": False,
        "is_anonymous": False, "type": "regular", "allows_multiple_answers": True,
        "allows_revoting": True, "members_only": False,
        "options": [{"persistent_id": "0", "text": "Dnes", "voter_count": 1}],
    }  # fmt: skip
    was = {"user": user, "status": "left"}
    change = {"chat": group, "from": user, "date": DATE, "old_chat_member": was}
    file = {"file_id": "f1", "file_unique_id": "u1", "file_size": 9}
    return {
        "message": said,
        "message ": {**said, "reply_to_message": ours, "entities": []},
        "message  ": {**said, "document": {**file, "file_name": "a.csv", "mime_type": "text/csv"}},
        "message   ": {**said, "photo": [{**file, "width": 9, "height": 9}], "caption": "foto"},
        "message    ": {**said, "contact": {"phone_number": "+420600", "first_name": "Ann"}},
        "message     ": in_group,
        "message      ": {**in_group, "reply_to_message": {**ours, "chat": group}},
        "message       ": {**in_group, "migrate_to_chat_id": LASERS - 1},
        "edited_message": {**said, "edit_date": DATE},
        "channel_post": {**said, "chat": {"id": -1009, "type": "channel", "title": "C"}},
        "edited_channel_post": {**said, "chat": {"id": -1009, "type": "channel", "title": "C"}},
        "business_connection": {
            "id": "b", "user": user, "user_chat_id": person, "date": DATE, "is_enabled": True,
        },
        "business_message": {**said, "business_connection_id": "b"},
        "edited_business_message": {**said, "business_connection_id": "b", "edit_date": DATE},
        "guest_message": {**said, "guest_query_id": "g"},
        "deleted_business_messages": {
            "business_connection_id": "b", "chat": private, "message_ids": [1],
        },
        "message_reaction": {
            "chat": private, "message_id": 3, "user": user, "date": DATE, "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        },
        "message_reaction_count": {
            "chat": group, "message_id": 3, "date": DATE, "reactions": [],
        },
        "inline_query": {"id": "i", "from": user, "query": "laser", "offset": ""},
        "chosen_inline_result": {"result_id": "1", "from": user, "query": "laser"},
        "callback_query": {
            "id": "1", "from": user, "message": ours, "chat_instance": "9", "data": "home",
        },
        "callback_query ": {
            "id": "2", "from": user, "inline_message_id": "x", "chat_instance": "9",
            "data": "home",
        },
        "shipping_query": {
            "id": "s", "from": user, "invoice_payload": "p",
            "shipping_address": dict.fromkeys(
                ("country_code", "state", "city", "street_line1", "street_line2", "post_code"), ""
            ),
        },
        "pre_checkout_query": {
            "id": "p", "from": user, "currency": "XTR", "total_amount": 1, "invoice_payload": "p",
        },
        "purchased_paid_media": {"from": user, "paid_media_payload": "p"},
        "poll": poll,
        "poll_answer": {
            "poll_id": "77", "user": user, "option_ids": [0], "option_persistent_ids": ["0"],
        },
        "my_chat_member": {**change, "new_chat_member": {"user": BOT, "status": "member"}},
        "my_chat_member ": {
            **change, "chat": private, "new_chat_member":
            {"user": BOT, "status": "kicked", "until_date": 0},
        },
        "chat_member": {**change, "new_chat_member": {"user": user, "status": "member"}},
        "chat_join_request": {"chat": group, "from": user, "user_chat_id": person, "date": DATE},
        "chat_boost": {"chat": group, "boost": {}},
        "removed_chat_boost": {"chat": group, "boost_id": "b", "remove_date": DATE, "source": {}},
        "managed_bot": {"user": user, "bot": BOT},
        "hologram": {"from": user, "depth": 3},
    }  # fmt: skip


def whole(dice: Random, buttons: list[str]) -> Json:
    """As Telegram may send it, with words, numbers and fields that nobody has thought of."""
    kind, body = _one(dice)
    for holder, key in list(_places(body)):
        if key in ("text", "caption", "query", "offset") and dice.random() < 0.7:
            holder[key] = dice.choice(TEXTS)
        elif key in ("message_id", "file_size", "width") and dice.random() < 0.2:
            holder[key] = dice.choice(NUMBERS)
        elif key in ("language_code", "caption", "entities") and dice.random() < 0.2:
            del holder[key]
        elif isinstance(holder[key], dict) and dice.random() < 0.2:
            holder[key]["hologram"] = _junk(dice)
    if "data" in body:
        body["data"] = _written(dice, dice.choice(buttons))
    return {kind: body}


def broken(dice: Random, buttons: list[str]) -> Json:
    """As nobody should send it."""
    update = whole(dice, buttons)
    for _ in range(dice.randint(1, 4)):
        holder, key = dice.choice(list(_places(update)))
        match dice.randrange(5):
            case 0:
                holder[key] = _junk(dice)
            case 1:
                holder[key] = dice.choice((*TEXTS, *NUMBERS))
            case 2:
                holder[key] = _one(dice)[1]
            case 3:
                holder[key] = [holder[key]] * 3
            case _:
                del holder[key]
        if not update:
            return {dice.choice(TEXTS) or "x": _junk(dice)}
    return update


def _junk(dice: Random) -> Any:
    return json.loads(dice.choice(JUNK))


def _one(dice: Random) -> tuple[str, Json]:
    person = dice.choice([*ROLES.values(), STRANGER, *range(8_000, 8_100)])
    kind, body = dice.choice(list(specimens(person).items()))
    return kind.strip(), json.loads(json.dumps(body))  # nothing in it twice


def _written(dice: Random, button: str) -> str:
    """A button of ours, as somebody may write it by hand: at most 64 bytes."""
    prefix, *values = button.split(":")
    values = [dice.choice((value, "1", "2", "0", "-1", *TEXTS)) for value in values]
    values = [str(dice.choice(NUMBERS)) if dice.random() < 0.2 else each for each in values]
    return ":".join([prefix, *values]).encode(errors="replace")[:64].decode(errors="ignore")


def _places(whole: Any) -> Iterator[Place]:
    keys = list(whole) if isinstance(whole, dict) else range(len(whole))
    for key in keys:
        yield whole, key
        if isinstance(whole[key], dict | list):
            yield from _places(whole[key])
