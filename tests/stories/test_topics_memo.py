"""The manager takes adopted topics to ministries, as a document of Word."""

import io

import pytest
from docx import Document

from bot.app import App
from storage.groups.topics import Progress
from tests.actors import Actor
from tests.stories.lobbying import Lasers


@pytest.fixture
async def lasers(app: App, contact: Actor, eve: Actor) -> Lasers:
    return await Lasers(app).found(contact, [eve])


def words(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


@pytest.mark.postgres
async def test_adopted_topics_become_a_memo(
    ann: Actor, eve: Actor, manager: Actor, lasers: Lasers
) -> None:
    key = await lasers.put(ann, progress=Progress.DISCUSSED)
    await lasers.put(ann, "Not yet")
    await eve.says("/menu")
    await eve.presses_data(f"pt.yes:{key}")
    await manager.presses_data(f"pt.to:{key}:discussed:adopted")
    await manager.says("Ano.")
    await manager.presses_data(f"pi.top:{lasers.key}:0:adopted")
    await manager.presses("📄 Podklad pro ministerstva")
    assert "Lasery: 1\nVšechny pilíře: 1" in manager.screen
    await manager.presses("Tento pilíř (CS)")
    assert manager.toast == "Podklad už připravuji."
    assert "Podklad s 1 podnětem." in manager.heard[-1]
    text = words(manager.document)
    for said in ("LASERY", "Export licences", "Podnět podává Ukázková optika s.r.o., 28. 2. 2027",
                 "O co jde", "Thirty days by law.", "Podporuje 1 členská organizace",
                 "Sklo a čočky a.s."):  # fmt: skip
        assert said in text
    assert "Not yet" not in text
    await manager.presses("Všechny pilíře (EN)")
    assert "Supported by 1 member organisation" in words(manager.document)


async def test_nothing_to_write(ann: Actor, manager: Actor, lasers: Lasers) -> None:
    await lasers.put(ann)
    nothing = "Žádný podnět teď není přijatý, takže podklad zatím nemá z čeho vzniknout."
    for data in (f"pt.memo:{lasers.key}", f"pt.memo.m:{lasers.key}:cs", "pt.memo.m:0:en"):
        await manager.presses_data(data)
        assert manager.toast == nothing
    await manager.presses_data(f"pt.memo.m:{lasers.key}:de")
    assert manager.alert


async def test_who_may_take_it(
    ann: Actor, assistant: Actor, contact: Actor, lasers: Lasers
) -> None:
    await lasers.put(ann, progress=Progress.ADOPTED)
    for who in (ann, assistant, contact):
        await who.says("/menu")
        await who.presses_data(f"pi.top:{lasers.key}:0:adopted")
        assert not who.alert
        assert not any("Podklad" in label for label in who.buttons)
        await who.presses_data(f"pt.memo.m:{lasers.key}:cs")
        assert who.alert
