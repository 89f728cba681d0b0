"""Comments on a topic, and its way: the guarantor moves it on and says why."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from storage.groups.topics import Progress, TopicComment, TopicMove
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.lobbying import Lasers


@pytest.fixture
async def lasers(app: App, contact: Actor, eve: Actor) -> Lasers:
    return await Lasers(app).found(contact, [eve])


async def moves(who: Actor, topic: int, old: str, new: str, why: str) -> None:
    await who.presses_data(f"pt.to:{topic}:{old}:{new}")
    await who.says(why)


@pytest.mark.postgres
async def test_from_new_to_done(
    ann: Actor, bob: Actor, eve: Actor, contact: Actor, lasers: Lasers
) -> None:
    key = await lasers.put(ann)
    for who in (ann, bob, eve, contact):
        await who.says("/menu")
    await ann.presses_data(f"pt.yes:{key}")
    await eve.presses_data(f"pt.yes:{key}")
    await contact.presses_data(f"pt:{key}")
    await contact.presses("➡️ Posunout dál")
    assert "Teď je 🆕 nový." in contact.screen
    await contact.presses("🗣 Projednali jsme ho")
    await contact.says("Na schůzce <1. 3.>")
    assert contact.screen.startswith("👍 Hotovo. Dal jsem vědět 2 lidem.")
    assert "🗣 projednaný 1. 3. 2027: Na schůzce <1. 3.>" in contact.screen
    assert "There is news of your topic Export licences." in ann.heard[-1]
    assert "Lasers · 🗣 discussed\nWhy: Na schůzce <1. 3.>" in ann.heard[-1]
    assert "There is news of Export licences, which you support." in eve.heard[-1]
    assert sum("There is news" in text for text in ann.heard) == 1
    assert not any("posunul" in text for text in bob.heard)
    await eve.presses("💡 Open the topic")
    assert "Lasers · 🗣 discussed" in eve.screen
    for old, new in (("discussed", "adopted"), ("adopted", "passed_on"), ("passed_on", "done")):
        await moves(contact, key, old, new, f"K {new}")
    assert sum("There is news" in text for text in ann.heard) == 4
    assert "➡️ Posunout dál" not in contact.buttons
    await contact.presses("📜 Průběh")
    assert contact.screen.index("K done") < contact.screen.index("K passed_on")
    await ann.presses_data(f"pi.top:{lasers.key}:0:closed")
    assert "🏁 done" in ann.screen


async def test_only_who_leads_the_pillar_moves_it(
    ann: Actor, assistant: Actor, contact: Actor, manager: Actor, lasers: Lasers, app: App
) -> None:
    key = await lasers.put(ann)
    await ann.says("/menu")
    for data in (f"pt.move:{key}", f"pt.to:{key}:new:adopted"):
        await ann.presses_data(data)
        assert (ann.toast or "").startswith("You may not do this."), data
    other = await Lasers(app).found(ann, [])
    await ann.presses_data(f"pt.move:{key}")
    assert ann.alert
    assert other.key != lasers.key
    await assistant.says("/menu")
    await moves(assistant, key, "new", "discussed", "Mluvili jsme o tom.")
    await moves(manager, key, "discussed", "adopted", "Ano.")
    assert "✅ adopted" in ann.heard[-1]


async def test_stale_and_dropped(
    ann: Actor, eve: Actor, contact: Actor, manager: Actor, lasers: Lasers
) -> None:
    key = await lasers.put(ann)
    for who in (ann, eve, contact):
        await who.says("/menu")
    await manager.presses_data(f"pt.to:{key}:new:adopted")
    await moves(contact, key, "new", "discussed", "Probráno.")
    await manager.says("Přijato.")
    assert manager.screen.startswith("⚠️ Mezitím ho posunul někdo jiný.")
    assert "🗣 projednaný 1. 3. 2027: Probráno." in manager.screen
    await manager.presses_data(f"pt.to:{key}:new:adopted")
    assert "Podnět mezitím někdo posunul." in (manager.toast or "")
    await manager.presses_data(f"pt.to:{key}:discussed:nonsense")
    assert manager.alert
    await manager.presses_data(f"pt.to:{key}:discussed:new")
    assert manager.alert
    await eve.presses_data(f"pt.say.w:{key}")
    await moves(contact, key, "discussed", "dropped", "Už to neplatí.")
    await eve.says("Too late")
    assert eve.screen.startswith("⚠️ In the meantime the topic was closed")
    await contact.presses_data(f"pt.move:{key}")
    assert (contact.toast or "").startswith("Podnět už je vyřízený nebo odložený.")
    await manager.presses_data(f"pt.to:{key}:dropped:adopted")
    assert manager.alert
    closed = "This topic is done or dropped. If it matters again, put it anew."
    for data in (f"pt.yes:{key}", f"pt.no:{key}", f"pt.say.w:{key}"):
        await eve.presses_data(data)
        assert eve.toast == closed, data
    await eve.presses_data(f"pt:{key}")
    assert "🗂 dropped on 1 Mar 2027: Už to neplatí." in eve.screen
    assert "👍 We support it" not in eve.buttons


async def test_a_reason_is_asked_for(ann: Actor, contact: Actor, lasers: Lasers) -> None:
    key = await lasers.put(ann)
    await contact.says("/menu")
    await moves(contact, key, "new", "adopted", "x" * 501)
    assert "Váš text má 501 znaků a vejde se jich sem 500." in contact.screen
    await contact.presses("Zrušit")
    assert "Lasery · 🆕 nový" in contact.screen
    await contact.presses("🏛 Kdo podporuje")
    assert "Podpořit ho mohou členové pilíře." in contact.screen


async def test_comments(ann: Actor, eve: Actor, contact: Actor, lasers: Lasers) -> None:
    key = await lasers.put(ann)
    for who in (ann, eve, contact):
        await who.says("/menu")
    await eve.presses_data(f"pt:{key}")
    await eve.presses("💬 Comments (0)")
    assert "Nobody has said anything yet." in eve.screen
    await eve.presses("✏️ Say something")
    await eve.says("x" * 501)
    assert "Your text has 501 characters and 500 fit here." in eve.screen
    await eve.says("We have <two> cases more.")
    assert "1. Eve Elsewhere, Mon 1 Mar 2027 09:00\nWe have <two> cases more." in eve.screen
    await ann.presses_data(f"pt:{key}")
    await ann.presses("💬 Comments (1)")
    assert "🗑 1" not in ann.buttons
    await ann.presses_data("pt.say.x:1")
    assert ann.alert
    await contact.presses_data(f"pt.say:{key}:0")
    await contact.presses("🗑 1")
    assert contact.toast == "Komentář je smazaný."
    await eve.presses_data("pt.say.x:1")
    assert eve.alert
    for number in range(20):
        await eve.presses_data(f"pt.say.w:{key}")
        await eve.says(f"No. {number}")
    assert "No. 19" in eve.screen
    await eve.presses("▶")
    assert "No. 14" in eve.screen
    await eve.presses_data(f"pt.say.w:{key}")
    assert eve.toast == "You have said 20 things of this topic. Let others speak, too."
    await lasers.leaves(eve)
    await eve.presses_data(f"pt.say:{key}:0")
    assert "✏️ Say something" not in eve.buttons


@pytest.mark.postgres
async def test_what_is_kept_of_people(
    ann: Actor, eve: Actor, contact: Actor, lasers: Lasers, app: App, wait: Wait
) -> None:
    key = await lasers.put(eve, progress=Progress.DISCUSSED)
    for who in (ann, eve, contact):
        await who.says("/menu")
    for who in (ann, eve):
        await who.presses_data(f"pt.yes:{key}")
        await who.presses_data(f"pt.say.w:{key}")
        await who.says("Said")
    await eve.presses_data("priv.get")
    content = eve.document.decode()
    for words in ("topics_put_forward", "topics_supported", "topics_commented", '"text": "Said"'):
        assert words in content
    await eve.presses_data("priv.sure")
    await wait(timedelta(days=15))
    await ann.presses_data(f"pt:{key}")
    assert "Put forward by –, Sklo a čočky" in ann.screen
    await moves(contact, key, "discussed", "done", "Je to v zákoně.")
    assert await kept(app) == (1, 1)
    await wait(timedelta(days=366))
    assert await kept(app) == (0, 1)


async def kept(app: App) -> tuple[int, int]:
    async with app.db.reading() as session:
        comments = (await session.exec(select(TopicComment))).all()
        return len(comments), len((await session.exec(select(TopicMove))).all())
