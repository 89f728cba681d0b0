"""What an announcement is called where it is one of many."""

from collections.abc import Sequence

from bot.kit.texts import Texts
from storage.announcements import Content
from storage.blanks import outlined

LONGEST = 30  # characters


def title(t: Texts, contents: Sequence[Content]) -> str:
    """The first words, for a line in a list."""
    payload = contents[0].payload if contents else {}
    payload = payload | payload.get("media", [{}])[0]
    said = str(payload.get("text") or payload.get("caption") or "")
    words = outlined(said).strip().partition("\n")[0]
    if not words:
        return _wordless(t, contents[0].method if contents else "")
    return shortened(words)


def _wordless(t: Texts, method: str) -> str:
    match method:
        case "sendPhoto":
            return t.label("Picture")
        case "sendMediaGroup":
            return t.label("Album")
        case "sendVideo" | "sendAnimation":
            return t.label("Video")
        case "sendAudio" | "sendVoice":
            return t.label("Recording")
    return t.label("Document")


def shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
