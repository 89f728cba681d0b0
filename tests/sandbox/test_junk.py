"""Whatever a bot sends, the sandbox answers; it never breaks."""

import random

import pytest

from bot.sandbox.request import METHODS
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.conftest import ANN, GROUP, TOKEN

JUNK = [
    "", "x", "0", "-1", "1", "1e9", "null", "true", "{}", "[]", "[1]", "[[]]", "[{}]", "[null]",
    '{"type": 5}', '{"message_id": "x"}', '{"inline_keyboard": 5}', '{"inline_keyboard": [[5]]}',
    '{"keyboard": [[{}]]}', '[{"type": "bold"}]', '[{"type": "photo", "media": 5}]', "attach://x",
    '[{"type": "bold", "offset": "x", "length": 1}]', '{"type": "chat", "chat_id": "x"}',
    '["x", 5]', "\ud83d", 5, -5, 1.5, None, True, [5], {"a": 1}, [[{"text": "x", "url": 5}]],
    '[{"text": "x", "web_app": 5}]', "99999999999999999999",
]  # fmt: skip
NAMES = [
    "chat_id", "text", "message_id", "reply_markup", "entities", "parse_mode",
    "reply_parameters", "media", "photo", "document", "caption", "options", "question",
    "commands", "scope", "reaction", "menu_button", "message_ids", "from_chat_id", "user_id",
    "offset", "limit", "action", "allowed_updates", "url", "file_id", "language_code",
    "latitude", "longitude", "type", "link_preview_options", "callback_query_id", "invite_link",
    "message_thread_id", "emoji",
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(METHODS))
async def test_junk_is_answered(sandbox: Sandbox, name: str) -> None:
    dice = random.Random(name)
    for _ in range(60):
        params = {key: dice.choice(JUNK) for key in dice.sample(NAMES, 12)}
        params["chat_id"] = dice.choice([ANN, GROUP, str(ANN), dice.choice(JUNK)])
        status, body = await sandbox.call(TOKEN, name, params)
        assert status in (200, 400, 401, 403, 404, 409), (params, body)
