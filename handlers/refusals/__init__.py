"""The one place where a no is put into words: why, and what can be done."""

from bot.domain import confirmations, refusals, roles, tries, workshops
from bot.domain.calls import (
    bids,
    ideas,
    outcomes,
    own_words,
    partners,
    proposals,
    remarks,
    settling,
    subscribing,
    timing,
    watching,
)
from bot.domain.instruments import (
    answering,
    asking,
    booking,
    caring,
    enquiries,
    importing,
    outages,
    windows,
)
from bot.domain.refusals import Refusal
from bot.domain.workshops import (
    check_in,
    colleagues,
    door,
    evidence,
    handing_over,
    papers,
    poster,
    presence,
    rating,
    registration,
    settings,
    tickets,
    topics,
)
from bot.kit.context import Context
from bot.kit.screens import Screen
from handlers.links import WriteToManager, way_back
from handlers.refusals import announcements, groups


def screen(ctx: Context, refusal: Refusal) -> Screen:
    """For whoever typed it goes into the chat with a way home; over a button it pops up."""
    said = words(ctx, refusal)
    rows = way_back(ctx.t)
    if isinstance(refusal, refusals.NotAllowed | workshops.NotForYou):
        rows = ((WriteToManager().labelled(ctx.t.label("✉️ Write to the manager")),), *rows)
    return Screen(ctx.t("{words}", words=said), rows, toast=said, alert=True)


def words(ctx: Context, refusal: Refusal) -> str:
    """Plain words, ≤ 200 characters: they may be shown over the chat."""
    t = ctx.t
    match refusal:
        case refusals.Gone():
            return t.plain("This is not here any more. Please open the menu: /menu")
        case refusals.MembersOnly():
            return t.plain("This is for members of the cluster. /start shows how to join.")
        case refusals.NotAllowed():
            return t.plain("You may not do this. If you should, please write to the manager.")
        case tries.TooManyTries():
            return t.plain("That was too many tries. Please wait a minute and try once more.")
        case confirmations.MemberAlready():
            return t.plain("You are a verified member already. Everything is in the menu: /menu")
        case confirmations.AskedTooOften():
            return t.plain("You have asked three times today. Please try again tomorrow.")
        case roles.NotAMember():
            return t.plain("Roles are for verified members. Please have this person confirmed.")
        case handing_over.NothingToHandOver():
            return t.plain("You have no seat there that you could pass on.")
        case workshops.Cancelled():
            return t.plain("This event has been cancelled.")
        case workshops.TooLate():
            return t.plain("It has begun already, so this cannot be changed any more.")
        case colleagues.NotAColleague():
            return t.plain("This is no confirmed colleague of yours (any more).")
        case workshops.NotOpenYet(opens_at=at):
            return t.plain("Registration opens on {when}. Please come back.", when=t.moment(at))
        case workshops.Closed(closed_at=at):
            return t.plain("Registration closed on {when}.", when=t.moment(at))
        case workshops.NotInPillar():
            return t.plain("This event is for members of a pillar in which you are not.")
        case workshops.NotForYou():
            return t.plain("This event is for the invited. Please write to the manager.")
        case workshops.SeatTaken():
            return t.plain("The seat is gone already. You keep your place in the line.")
        case workshops.NotWaiting():
            return t.plain("You are not in the line any more. Open the event to join it again.")
        case workshops.NotSeated():
            return t.plain("You have no seat there any more. Open the event to see what is free.")
        case workshops.InPast():
            return t.plain("It would begin in the past. Please choose a later time.")
        case workshops.BadTimes():
            return t.plain("It would end before it starts.")
        case workshops.BadLength(limit=n):
            return t.plain("Please write a text of at most {n} characters.", n=n)
        case workshops.BadCapacity():
            return t.plain("There can be from 1 to 100,000 seats.")
        case workshops.Seated(number=n):
            return t.plain_n(
                "{n} person has a seat already; there cannot be fewer seats.",
                "{n} people have a seat already; there cannot be fewer seats.",
                n,
            )
        case workshops.HasPeople(number=n):
            return t.plain_n(
                "{n} person has signed up for this part, so it has to stay.",
                "{n} people have signed up for this part, so it has to stay.",
                n,
            )
        case workshops.LastPart():
            return t.plain("An event has at least one part. You can cancel the whole event.")
        case settings.OpensTooLate(closes_at=at):
            return t.plain(
                "Registration closes {when}, so it must open earlier.", when=t.moment(at)
            )
        case settings.ClosesTooEarly(opens_at=at):
            return t.plain("Registration opens {when}, so it must close later.", when=t.moment(at))
        case settings.ClosesTooLate(starts_at=at):
            return t.plain(
                "It starts {when}, so registration must close by then.", when=t.moment(at)
            )
        case settings.BadLimit(seats=n):
            return t.plain("The limit is from 1 to {n}, the seats of the largest part.", n=n)
        case settings.BadLink():
            return t.plain("This is no link. It looks like this: https://example.org/room")
        case door.DoorNotOpen(since=at):
            return t.plain("Checking in begins on {when}.", when=t.moment(at))
        case door.OverAlready():
            return t.plain("This event is over already.")
        case check_in.NoSeatThere():
            return t.plain(
                "They have no seat in this part. Open their card to see what can be done."
            )
        case check_in.NoSeatLeft():
            return t.plain("All seats of this part are taken by now.")
        case tickets.NoTicket():
            return t.plain("A ticket is for those who have a seat, and you have none there.")
        case tickets.ForgedTicket():
            return t.plain("This is no ticket of ours. Please look for the name in the list.")
        case tickets.TicketElsewhere():
            return t.plain("This ticket is for another event, not for the one where you help.")
        case tickets.SomebodysTicket():
            return t.plain("This is somebody's ticket. The organisers scan it at the door.")
        case poster.StaleCode():
            return t.plain("This code has expired. Please scan the poster again.")
        case registration.NotSignedUp():
            return t.plain("These questions are for those who have signed up for the event.")
        case registration.TooManyQuestions():
            return t.plain("You can ask five questions of your own at most.")
        case presence.WasNotThere():
            return t.plain(
                "I do not know of you being there. If you were, please write to the organiser."
            )
        case presence.NotOverYet():
            return t.plain("It is not over yet. Please come back when it is.")
        case rating.NotRatedYet():
            return t.plain("Please give the stars first, then a sentence.")
        case papers.TooManyPapers():
            return t.plain("An event can have 200 files at most. Please remove some first.")
        case papers.NothingToPublish():
            return t.plain("There is nothing new to publish. Please add slides or photos first.")
        case topics.NoTopicsTaken():
            return t.plain("No topics are being collected for this event.")
        case topics.TopicsClosed(until=at):
            return t.plain("Topics could be proposed until {when}. Thank you!", when=t.moment(at))
        case topics.EnoughTopics(limit=n):
            return t.plain("You have proposed {n} topics. Please remove one of them first.", n=n)
        case evidence.NobodyComes():
            return t.plain("Nobody has a seat yet, so there are no badges to make.")
        case workshops.TooManyParts():
            return t.plain("An event can have eight parts at most.")
        case workshops.AlreadyPublished():
            return t.plain("It is published already. You can cancel it instead.")
        case enquiries.EnquiryOver():
            return t.plain("This enquiry has ended. You can always ask a new one.")
        case enquiries.OwnInstrument():
            return t.plain("This belongs to your own organisation. Just ask your colleagues.")
        case enquiries.Illegible(most=n):
            return t.plain("Please write something, {n} characters at most.", n=n)
        case asking.AskedEnough():
            return t.plain("You have sent ten enquiries today. Please go on tomorrow.")
        case answering.WithColleague(name=name):
            return t.plain("{name} is dealing with it. You can take it over.", name=name)
        case answering.NothingYet():
            return t.plain("The owner has not answered yet, so it is too early to tell.")
        case windows.WindowPast():
            return t.plain("This window would begin in the past.")
        case windows.WindowTooFar():
            return t.plain("Windows can be at most four weeks ahead.")
        case windows.BadWindow():
            return t.plain("A window takes from 30 minutes to 24 hours, by quarters of an hour.")
        case windows.WindowsOverlap(starts_at=at):
            return t.plain("It overlaps with the window that begins {when}.", when=t.moment(at))
        case windows.OutOfService(starts_at=at):
            return t.plain("The instrument is out of service then ({when}).", when=t.moment(at))
        case windows.WindowBegun():
            return t.plain("This window has begun already.")
        case booking.WindowTaken():
            return t.plain("Somebody was faster: this window is taken. Please choose another.")
        case booking.BookedEnough():
            return t.plain("Your organisation has two windows booked here, which is the most.")
        case caring.NumberTaken():
            return t.plain("Another instrument of yours has this number.")
        case importing.NotWaiting():
            return t.plain("This list has been written or cancelled already.")
        case outages.EndsInPast():
            return t.plain("It would be over already. Please choose a later day.")
        case subscribing.NothingLeft():
            return t.plain("This is the last one. To hear of nothing, choose “Not at all”.")
        case watching.BeingRead():
            return t.plain("This source is being read just now.")
        case watching.SwitchedOff():
            return t.plain("This source is off. Switch it on first.")
        case bids.NoOrganisation():
            return t.plain("You belong to no organisation here, and organisations are who bids.")
        case bids.CallOver():
            return t.plain("This call is over: nothing can be handed in any more.")
        case bids.AnotherBids():
            return t.plain("The cluster may hand in but one bid, and another idea was chosen.")
        case bids.HandledBy(name=name):
            return t.plain("{name} handles this call at yours. You can take it over.", name=name)
        case outcomes.NotHandedIn():
            return t.plain("First say that the bid was handed in, then how it ended.")
        case outcomes.BadAmount():
            return t.plain("This amount cannot be true. Please write it once more.")
        case partners.SearchingEnough(limit=n):
            return t.plain("You are looking for {n} partners already. Please end a search.", n=n)
        case partners.SearchOver():
            return t.plain("This search has ended, so it cannot be answered any more.")
        case ideas.NotCollected():
            return t.plain("Every organisation may bid for this call; no ideas are collected.")
        case ideas.IdeasClosed():
            return t.plain("Ideas for this call are closed. The manager will tell you the choice.")
        case ideas.IdeaOfColleague(name=name):
            return t.plain("{name} has put in the idea of your organisation.", name=name)
        case settling.NoTitle():
            return t.plain("The call has no name yet. Please fill in what is missing.")
        case settling.NoDeadline():
            return t.plain(
                "It has no deadline. Add one, or say that it runs until the money is gone."
            )
        case settling.DeadlineNotConfirmed():
            return t.plain("Its deadline was read from prose. Please confirm it first.")
        case settling.DeadlinePast(closed_at=at):
            return t.plain(
                "Its deadline has passed: {when}. Set a later one first.", when=t.moment(at)
            )
        case settling.NotLive():
            return t.plain("The call is closed or cancelled. Change its state first.")
        case settling.SentAlready():
            return t.plain("It has been sent already, and people know of it.")
        case settling.NotDeclined():
            return t.plain("The call has not been put aside, so there is nothing to undo.")
        case remarks.InternalPast():
            return t.plain("This internal deadline has passed already. Choose a later one.")
        case remarks.InternalTooLate(closes_at=at):
            return t.plain(
                "The call itself closes {when}; yours must be earlier.", when=t.moment(at)
            )
        case remarks.RemarkTooLong(limit=n):
            return t.plain("This is too long: {n} characters at most, please.", n=n)
        case proposals.Answered():
            return t.plain("Somebody has said already whether this holds.")
        case timing.TooManyDeadlines():
            return t.plain("A call can have twelve deadlines at most.")
        case timing.SameDeadline():
            return t.plain("This deadline is there already, for the same thing.")
        case own_words.BadWord(word=word):
            return t.plain("“{word}” is too short, too long or too common to look for.", word=word)
        case own_words.TooManyWords(limit=n):
            return t.plain("A pillar can have {n} words of its own. Please drop some first.", n=n)
    known = groups.words(t, refusal) or announcements.words(t, refusal)
    return known or t.plain("This cannot be done.")
