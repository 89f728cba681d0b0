"""What has gone wrong with a source, in the manager's words.

A problem is kept as a code, a host and what the machine said, with bars between.
"""

from dataclasses import dataclass

from bot.kit.texts import Texts
from bot.sources.addresses import Unfetched, Why

UNREADABLE, FEW, LOST = "unreadable", "few", "lost"
LONGEST = 300  # characters of what the machine said


@dataclass(frozen=True)
class Trouble:
    code: str
    host: str = ""
    words: str = ""

    def __str__(self) -> str:
        return "|".join((self.code, self.host, self.words[:LONGEST]))


def of(problem: str) -> Trouble:
    code, host, words = (*problem.split("|", 2), "", "")[:3]
    return Trouble(code, host, words)


def unfetched(error: Unfetched) -> Trouble:
    return Trouble(error.why.value, error.host, str(error))


def missing_host(problem: str) -> str:
    """The host that would have to be allowed; empty where that is not what is wrong."""
    trouble = of(problem)
    return trouble.host if trouble.code == Why.HOST else ""


def in_words(t: Texts, problem: str) -> str:
    """Plain; what only the machine can say is left in English."""
    trouble = of(problem)
    host = trouble.host or t.plain("the source")
    match trouble.code:
        case Why.OFF:
            return t.plain("reading of sources is switched off here")
        case Why.ADDRESS:
            return t.plain("its address is not one that can be asked")
        case Why.HOST:
            return t.plain("{host} is not among the allowed hosts", host=host)
        case Why.PRIVATE:
            return t.plain("{host} leads into a private network, so I do not ask it", host=host)
        case Why.REDIRECTS:
            return t.plain("{host} sends me from address to address", host=host)
        case Why.SIZE:
            return t.plain("the answer is too large")
        case Why.ENCODING:
            return t.plain("the answer is packed badly")
        case Why.TIME:
            return t.plain("{host} does not answer in time", host=host)
        case Why.NAME:
            return t.plain("nobody knows the name {host}", host=host)
        case Why.CONNECTION:
            return t.plain("the connection to {host} failed", host=host)
        case Why.CERTIFICATE:
            return t.plain("{host} has no valid certificate", host=host)
        case Why.STATUS:
            return t.plain("{host} answers with an error", host=host)
        case str() if trouble.code == FEW:
            return t.plain("it gives too little: {found}", found=trouble.words)
        case str() if trouble.code == LOST:
            return t.plain("the reading was interrupted")
        case _:
            return t.plain("its answer cannot be read ({words})", words=trouble.words)
