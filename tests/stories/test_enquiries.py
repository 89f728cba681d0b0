"""Asking an owner: four taps, an answer carried back, and nobody known until both agree."""

import pytest

from tests.actors import Actor
from tests.stories.enquiring import M2000, Lab, asks


@pytest.mark.postgres
async def test_four_taps_and_it_is_with_the_owner(eve: Actor, contact: Actor, lab: Lab) -> None:
    await asks(eve, lab, send=False)
    assert "Shall I send this?" in eve.screen
    assert "To: Ukázková optika s.r.o. (Elipsometr M-2000)" in eve.screen
    assert contact.heard == []
    await eve.presses("📨 Send")
    assert eve.toast == "Sent. I will write when they answer."
    assert "waits for an answer" in eve.screen
    card = contact.heard[-1]
    assert f"Dotaz na {M2000}" in card
    assert "Tloušťka vrstvy SiO₂\n🧪 6 samples of SiO₂\n🕘 Do 31. 3. 2027\n🔏 NDA ano" in card
    assert "Ptá se člen klastru (MSP)." in card
    assert list(contact.buttons)[:3] == ["💰 Nabídnout", "💬 Zeptat se", "❌ Odmítnout"]


async def test_neither_sees_the_other_until_both_agree(
    eve: Actor, contact: Actor, lab: Lab
) -> None:
    await asks(eve, lab)
    await contact.presses("💬 Zeptat se")
    await contact.says("Jak silná je vrstva?")
    assert "Ukázková optika s.r.o. writes about Elipsometr M-2000:" in eve.heard[-1]
    assert "Jak silná je vrstva?" in eve.heard[-1]
    await eve.presses("💬 Answer")
    await eve.says("About 100 nm")
    assert "About 100 nm" in contact.heard[-1]
    await contact.presses("📄 Otevřít poptávku")
    await contact.presses("💰 Nabídnout")
    await contact.says("8 000 Kč za den")
    assert "offers" in eve.heard[-1]
    assert not any("Karel" in text for text in eve.heard)
    assert not any("Eve" in text or "Sklo" in text for text in contact.heard)
    await eve.presses("📄 Open the enquiry")
    await eve.presses("🤝 Reveal contact")
    assert "Eve Elsewhere, Sklo a čočky a.s." in eve.screen
    await eve.presses("🤝 Yes, I agree")
    assert "I wait for the other side" in eve.screen
    assert not any("Eve" in text for text in contact.heard)
    await contact.presses("🤝 Odhalit kontakt")
    await contact.presses("🤝 Ano, souhlasím")
    assert any("Eve Elsewhere, Sklo a čočky a.s." in text for text in contact.heard)
    assert any("Karel Kontaktní, Ukázková optika s.r.o." in text for text in eve.heard)


async def test_a_no_has_a_reason_and_offers_the_next_instrument(
    eve: Actor, contact: Actor, guest: Actor, lab: Lab
) -> None:
    await asks(eve, lab)
    await contact.presses("❌ Odmítnout")
    assert len([label for label in contact.buttons if label[0] not in "◀🏠"]) == 5
    await contact.presses("vzorky nevyhovují")
    assert "odmítnuto – vzorky nevyhovují" in contact.screen
    assert "declined: the samples do not suit." in eve.heard[-1]
    await eve.presses("💬 Ask: Elipsometr UVISEL")
    assert "Dotaz na Elipsometr UVISEL" in guest.heard[-1]
    assert "Tloušťka vrstvy SiO₂" in guest.heard[-1]
    first, second = await lab.enquiries()
    assert first.demand_id == second.demand_id
    assert (first.state, first.reason) == ("declined", "samples")
    assert first.first_answer_at is not None


async def test_whoever_is_first_takes_it(eve: Actor, contact: Actor, bob: Actor, lab: Lab) -> None:
    await lab.appoint(bob, like=contact)
    await asks(eve, lab)
    await contact.presses("💬 Zeptat se")
    await bob.presses("💰 Nabídnout")
    assert bob.toast == "Už to řeší Karel Kontaktní. Můžete to převzít."
    assert "🙋 Řeší: Karel Kontaktní" in bob.screen
    await bob.presses("🙋 Převzít")
    await bob.presses("💰 Nabídnout")
    await bob.presses("Umíme to")
    assert "Umíme to. Domluvme se na podrobnostech." in eve.heard[-1]
    await contact.says("Jak silná je vrstva?")
    assert "🙋 Řeší: Bořek Člen" in contact.screen
    assert "Jak silná" not in "".join(eve.heard)


async def test_the_list_shows_both_sides_how_it_stands(
    eve: Actor, contact: Actor, lab: Lab
) -> None:
    await asks(eve, lab)
    await eve.presses_data("in.mine:0")
    assert "📤 Tloušťka vrstvy SiO₂ · waits for an answer" in eve.buttons
    await contact.presses_data("in.mine:0")
    assert f"📥 {M2000} · čeká na odpověď" in contact.buttons
    await contact.presses(f"📥 {M2000} · čeká na odpověď")
    await contact.presses("💰 Nabídnout")
    await contact.says("Ano")
    await eve.presses_data("in.mine:0")
    await eve.presses("📤 Tloušťka vrstvy SiO₂ · there is an offer")
    assert "there is an offer" in eve.screen


async def test_to_others_who_could_do_it_as_well(
    eve: Actor, contact: Actor, guest: Actor, lab: Lab
) -> None:
    await asks(eve, lab, send=False)
    await eve.presses("➕ Also 1 more owner")
    assert "Laboratoř vrstev" in eve.screen
    await eve.presses("📨 Send")
    assert "Asked: 2 organisations" in eve.screen
    assert M2000 in contact.heard[-1]
    assert "Elipsometr UVISEL" in guest.heard[-1]


async def test_what_is_taken_back_is_over(eve: Actor, contact: Actor, lab: Lab) -> None:
    await asks(eve, lab)
    await eve.presses("↩️ Take back")
    await eve.presses("↩️ Yes, take it back")
    assert "taken back" in eve.screen
    assert "vzal tazatel zpět" in contact.heard[-1]
    await contact.presses_data("iq.of:1")
    assert contact.toast == "Tato poptávka už skončila. Kdykoli můžete poslat novou."
