"""How it stands with a pillar's group: what we may do there, and what we still need."""

from collections.abc import Iterable

from bot.domain.groups import linking
from bot.kit.buttons import Rows
from bot.kit.context import Desk
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.groups.chat_ways import CheckGroup
from handlers.groups.ways import OpenPillarChat
from handlers.links import way_back
from storage import pillars
from storage.groups import places
from storage.groups.chats import GroupChat, Health
from storage.people import Person

RIGHTS = {
    "can_invite_users": gettext_noop("Add members: so that I can let people in"),
    "can_restrict_members": gettext_noop("Ban users: so that I can remove those who left"),
    "can_pin_messages": gettext_noop("Pin messages: so that a poll stays on top"),
    "can_manage_tags": gettext_noop("Manage tags: so that everybody sees who is from where"),
    "can_manage_topics": gettext_noop("Manage topics: so that I can write into them"),
}


async def tell(desk: Desk, changed: Iterable[GroupChat], *, but: Person | None = None) -> None:
    """Once for every change, to its guarantors and the managers."""
    for group in changed:
        if group.health == Health.READY and group.invite_link == "":
            await desk.errand("groups.check", group_id=group.key)
        for who in await linking.to_be_told(desk.session, group.pillar_id, desk.now):
            if but is None or who.key != but.key:
                key = f"{desk.occasion}:g{group.key}:p{who.key}"
                desk.tell(who, await screen(desk, who, group), key=key)


async def screen(desk: Desk, who: Person, group: GroupChat) -> Screen:
    t = desk.texts_of(who)
    pillar = await pillars.find(desk.session, group.pillar_id)
    assert pillar is not None
    title = t(
        "💬 <b>{title}</b>, group of the pillar {pillar}",
        title=group.title,
        pillar=pillar.name_in(t.language),
    )
    text = paragraphs(title, await state(desk, t, group))
    return Screen(text, (*again(t, group), *way_back(t, OpenPillarChat(pillar.key))))


def again(t: Texts, group: GroupChat) -> Rows:
    label = t.label("🔄 Check again")
    return ((CheckGroup(group.key).labelled(label),),) if group.health != Health.READY else ()


async def state(desk: Desk, t: Texts, group: GroupChat) -> str:
    if group.health == Health.LOST:
        return t(
            "❌ I am no longer in the group. Please add me again as an administrator; "
            "everything else stays as it was."
        )
    if group.health == Health.READY:
        return t("✅ All is set: I may do everything I need there.")
    stay = await places.stay(desk.session, group.chat_id)
    wanted = linking.wanted(stay) if stay else []
    rights = lines(*(_right(t, name, lacks=name in group.lacks) for name in wanted))
    how = t(
        "⚠️ I lack some rights. In the group: Edit → Administrators → me → allow these, "
        "then let me check again."
    )
    return paragraphs(how, rights)


def _right(t: Texts, name: str, *, lacks: bool) -> str:
    sign = "❌" if lacks else "✅"
    return t("{sign} {right}", sign=sign, right=t.plain(RIGHTS[name]))
