"""Every way to what can be done with grant calls, and the calls that it is done with."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.rights import Action
from bot.kit.buttons import Button
from handlers import calls, links
from storage.calls.records import GrantCall, Kind, Stage, State
from storage.calls.sources import Form, Source
from tests.conftest import NOW

OWN = 1  # an organisation
CALL = SOURCE = 1
WAITING = 2  # a call

ABOUT_CALLS: dict[Action, tuple[Button | str, ...]] = {
    Action.FOLLOW_CALLS: (
        calls.ways.OpenCallHistory(CALL),
        links.OpenCallSettings(),
        calls.ways.FollowCall(CALL),
        calls.ways.ChooseReminders(CALL),
        calls.ways.DropCall(CALL),
        calls.subscribing.SetPace("daily"),
    ),
    Action.BID: (
        calls.ways.OpenBid(CALL),
        calls.ways.SeekPartner(CALL),
        calls.ways.ListCallInstruments(CALL),
        calls.bid_ways.TakeCall(CALL),
        calls.bid_ways.HandIn(CALL, "submitted"),
    ),
    Action.KEEP_PROFILE: (
        calls.profile.SetRegion(OWN, "CZ071"),
        calls.profile.SetSize(OWN, "small"),
    ),
    Action.DRAFT_CALL: (
        links.OpenCallsDesk(),
        calls.ways.SettleCall(WAITING),
        calls.ways.ListProposals(WAITING),
        calls.desk_ways.EditCall(WAITING),
        calls.desk_ways.EditCallGroup(WAITING, "time"),
        calls.desk_ways.EditCallField(WAITING, "title"),
        calls.desk_ways.ListDues(WAITING),
        calls.desk_ways.AddDue(WAITING),
        calls.desk_ways.FillIn(WAITING),
        calls.desk_ways.WriteNote(WAITING),
        calls.desk_ways.HandOverCall(WAITING),
        calls.editing.ChooseValue(WAITING, "kind", "regional"),
        calls.toggling.FlipWord(WAITING, "regions_out", "CZ010"),
    ),
    Action.SETTLE_CALL: (
        calls.desk_ways.SendCall(WAITING, 1),
        calls.desk_ways.SetInternal(WAITING),
        calls.desk_ways.SetOneBid(WAITING, 1),
        calls.settling.DeclineCall(WAITING, "field"),
        calls.settling.TakeCallBack(WAITING),
        calls.editing.ChooseValue(CALL, "kind", "regional"),
    ),
    Action.KEEP_SOURCES: (
        calls.ways.ListSources(),
        calls.source_ways.OpenSource(SOURCE),
        calls.source_ways.ListHosts(),
        calls.source_ways.AllowHost(SOURCE),
        calls.sources.SwitchSource(SOURCE, 0),
        calls.sources.SwitchSource(SOURCE, 1),
        calls.sources.AskToTrust(SOURCE),
        calls.sources.TrustSource(SOURCE, 0),
        calls.sources.ReadSource(SOURCE),
        calls.hosts.AddHost(),
    ),
}


async def announce_calls(session: AsyncSession) -> None:
    session.add(Source(id=SOURCE, code="s", name="S", form=Form.FEED, address="http://s.test/"))
    for key, stage in ((CALL, Stage.SENT), (WAITING, Stage.WAITING)):
        session.add(
            GrantCall(
                id=key,
                code=f"CALL-{key}",
                title="Call",
                kind=Kind.NATIONAL,
                state=State.OPEN,
                stage=stage,
                found_at=NOW,
                checked_at=NOW,
            )
        )
    await session.flush()
