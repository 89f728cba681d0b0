"""What a person reads in a message, as plain text and as Telegram's HTML."""

from html import escape

from bot.sandbox.entities import narrow, wide
from bot.sandbox.world import Json

TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


def plain(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")


def as_html(message: Json) -> str:
    """The text with its formatting; what Telegram found by itself stays plain."""
    units = wide(plain(message))
    entities = message.get("entities") or message.get("caption_entities") or []
    marks = [(one["offset"], one["offset"] + one["length"], *_tags(one)) for one in entities]
    starts = {place: [m for m in marks if m[0] == place and m[2]] for place, *_ in marks}
    pieces: list[str] = []
    open_marks: list[tuple[int, str]] = []
    at = 0
    for place in sorted({place for mark in marks for place in mark[:2]} | {len(units)}):
        pieces.append(escape(narrow(units[at:place]), quote=False))
        at = place
        while open_marks and open_marks[-1][0] <= place:
            pieces.append(open_marks.pop()[1])
        for _, end, opening, closing in starts.get(place, []):
            pieces.append(opening)
            open_marks.append((end, closing))
    return "".join(pieces)


def _tags(entity: Json) -> tuple[str, str]:
    kind = entity["type"]
    match kind:
        case "text_link":
            return f'<a href="{escape(entity["url"])}">', "</a>"
        case "text_mention":
            return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "pre" if "language" in entity:
            opening = f'<pre><code class="language-{escape(entity["language"])}">'
            return opening, "</code></pre>"
    name = TAGS.get(kind)
    return (f"<{name}>", f"</{name}>") if name else ("", "")
