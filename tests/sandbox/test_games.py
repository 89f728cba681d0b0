"""Games: sent by name, scores that only rise, and the table around somebody."""

import pytest

from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Chat, User, World
from tests.sandbox.conftest import ANN, BOB, GROUP, Call

BAD = "Bad Request: "
FANS = range(201, 207)


@pytest.fixture
async def game(call: Call) -> dict[str, int]:
    sent = await call("sendGame", chat_id=GROUP, game_short_name="space_corsairs")
    assert (sent["game"]["title"], len(sent["game"]["photo"])) == ("Space corsairs", 3)
    assert sent["reply_markup"]["inline_keyboard"][0][0]["callback_game"] == {}
    return {"chat_id": GROUP, "message_id": sent["message_id"]}


async def test_a_score_only_rises_unless_forced(call: Call, game: dict[str, int]) -> None:
    unchanged = f"{BAD}BOT_SCORE_NOT_MODIFIED"
    assert (await call("setGameScore", **game, user_id=ANN, score=5))["game"]
    assert await call("setGameScore", **game, user_id=ANN, score=5) == unchanged
    assert await call("setGameScore", **game, user_id=ANN, score=3) == unchanged
    assert await call("setGameScore", **game, user_id=ANN, score=-1, force=True) == unchanged
    assert (await call("setGameScore", **game, user_id=ANN, score=3, force=True))["game"]
    table = await call("getGameHighScores", **game, user_id=BOB)
    assert [(row["position"], row["user"]["id"], row["score"]) for row in table] == [(1, ANN, 3)]


async def test_the_table_shows_the_neighbours(
    call: Call, game: dict[str, int], world: World
) -> None:
    world.users |= {one: User(one, "Fan", started=True) for one in FANS}
    for score, fan in enumerate(FANS, 1):
        await call("setGameScore", **game, user_id=fan, score=score * 10)
    table = await call("getGameHighScores", **game, user_id=203)
    assert [row["user"]["id"] for row in table] == [205, 204, 203, 202, 201]
    assert [row["position"] for row in table] == [2, 3, 4, 5, 6]


async def test_games_that_are_refused(call: Call, world: World) -> None:
    world.chats[-9] = Chat(-9, "channel", "News", administrators=[42])
    sent = await call("sendMessage", chat_id=ANN, text="no game")
    there = {"chat_id": ANN, "message_id": sent["message_id"], "user_id": ANN}
    for method, params, refusal in (
        ("sendGame", {"chat_id": ANN}, "game short name must be non-empty"),
        ("sendGame", {"chat_id": -9, "game_short_name": "x"}, "games can't be sent to channel"),
        ("setGameScore", {**there, "score": 1}, "message can't be edited"),
        ("setGameScore", {**there, "score": 1, "user_id": 9999}, "user not found"),
        ("getGameHighScores", there, "MESSAGE_ID_INVALID"),
        ("getGameHighScores", {**there, "message_id": 99}, "message to get game high scores"),
    ):
        assert str(await call(method, **params)).startswith(BAD + refusal)


async def test_a_game_goes_on_from_chat_to_chat(call: Call, game: dict[str, int]) -> None:
    forwarded = await call("forwardMessage", **{**game, "chat_id": ANN, "from_chat_id": GROUP})
    assert forwarded["game"]["title"] == "Space corsairs"


async def test_people_see_the_game(sandbox: Sandbox, game: dict[str, int]) -> None:
    assert Person(sandbox, ANN, chat=GROUP).messages[-1]["game"]["title"] == "Space corsairs"
