"""The icons that any bot may give a topic: plain pictures here, each for its emoji."""

from bot.sandbox.attachments import shown_file
from bot.sandbox.files import store
from bot.sandbox.pictures import plain_png
from bot.sandbox.request import Request, Upload, method
from bot.sandbox.stickers import FIRST_EMOJI_ID
from bot.sandbox.world import Json, StickerSet, World

NAME = "Topics"
EMOJI = "📰💡⚡🎙🔝🗣🆒❗📝📆📁🔎📣🔥❤❓📈📉💎💰🎮💻📱🏠🎨🎬🎵🎉🏆🏁🤖🧠🔬✅"
SIDE = 100


@method
def getForumTopicIconStickers(ask: Request) -> list[Json]:
    world = ask.sandbox.world
    icons = world.sticker_sets.get(NAME.lower()) or _made(world)
    return [shown_file(world.files[one], "sticker")["sticker"] for one in icons.stickers]


def _made(world: World) -> StickerSet:
    icons = StickerSet(NAME, NAME, 0, 0, "custom_emoji")
    for place, emoji in enumerate(EMOJI):
        file = store(world, Upload("icon.png", plain_png(emoji, SIDE, SIDE)), "sticker")
        file.details |= {
            "type": icons.kind,
            "set_name": NAME,
            "emoji": emoji,
            "custom_emoji_id": str(FIRST_EMOJI_ID - 1 - place),
        }
        icons.stickers.append(file.id)
    world.sticker_sets[NAME.lower()] = icons
    return icons
