"""Entries that ask for no right, each under the reason why it needs none.

Whatever leads to no `Action` and stands nowhere here fails the tests: somebody has to decide.
"""

SAYS_ONLY_WORDS = """
    button help; command /pomoc; command /zapis; fallback other; button ca.rule.no; button ca.cal;
    form announcement.answer: left; form enquiry: left; form groups.door: left; form letter: left;
    form organisation.find: left; form partner: left; form workshop.outcome: left
"""
SHOWS_WHAT_IS_PUBLIC = """
    button org.find; button org.pick; form organisation.find: done; button in.imp.t;
    button ca.half.p
"""
IS_ABOUT_THEMSELVES = """
    command /nastaveni; command /soukromi; button set; button set.lang;
    button priv; button priv.get; button priv.del; button priv.sure; button priv.keep;
    button att; button att.kind; button att.turn; button att.page; button att.line;
    button att.last; button att.week; button att.week.n; button att.quiet; button att.quiet.h;
    button less;
    button cal; button cal.new; button cal.off; button ws.hab; button ws.hab.del;
    button in.homes; button wel.no; button le.new; form letter: done;
    an edited message: handlers.announcements.edited.edited
"""
IS_ABOUT_THEIR_SEAT = """
    button ws.out; button ws.p.out; button ws.yes; button ws.no; button ws.hand; button ws.tic;
    button ws.cert; button ws.ask; button ws.ask.1; button ws.ask.keep;
    form workshop.answer: done; form workshop.answer: left;
    button ws.rate; button ws.st; button ws.st.p; button ws.say;
    form workshop.sentence: done; form workshop.sentence: left;
    button ws.out.ask; button ws.out.is; button ws.out.say; form workshop.outcome: done
"""
IS_THEIRS_ALONE = """
    button cp; button cp.yes; button cp.no; button cp.help; button cp.end; button iq.drop;
    button pi.mk.p; button pi.mk.no; button pi.enter; button ws.po.off; button cf.back
"""
WAS_PUT_TO_THEM = """
    button an.i; button an.o; button an.w; form announcement.answer: done;
    button cp.me; button cp.me.y; button cp.me.n; form groups.door: done
"""
ASKS_OTHERS_TO_DECIDE = """
    button cf.ask; a request to be let in: handlers.groups.door.knock;
    group command /propojit; group command /link
"""
HOLDS_A_SECRET = """
    link i; link k; button inv.over; button inv.qr
"""
GOES_ON_WITH_A_FORM = """
    button f.is; button f.no; button ca.al.to;
    form announcement: rest; form announcement.cs: rest; form announcement.en: rest
"""
TELEGRAM_TELLS_US = """
    a place in a chat: handlers.groups.departures.record;
    a place in a chat: handlers.letters.forum.notice; a place in a chat: handlers.start.come_or_go;
    a vote: handlers.groups.polling.take_vote; a poll: handlers.groups.polling.take_end;
    a move of a group: handlers.groups.linking.move
"""


def _listed(*reasons: str) -> list[str]:
    return [" ".join(entry.split()) for reason in reasons for entry in reason.split(";")]


ANYONE = _listed(
    SAYS_ONLY_WORDS,
    SHOWS_WHAT_IS_PUBLIC,
    IS_ABOUT_THEMSELVES,
    IS_ABOUT_THEIR_SEAT,
    IS_THEIRS_ALONE,
    WAS_PUT_TO_THEM,
    ASKS_OTHERS_TO_DECIDE,
    HOLDS_A_SECRET,
    GOES_ON_WITH_A_FORM,
    TELEGRAM_TELLS_US,
)

# Where a right is asked for only by the way, and what changes is the presser's own.
CHANGES_WHAT_IS_THEIRS = _listed("button in.pil; button in.w; button pi.leave")
# A question comes first; the right is asked for with its answer.
MERELY_ASKS = _listed("button pi.ask")
