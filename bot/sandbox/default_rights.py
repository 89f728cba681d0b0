"""The rights a bot would like to have: offered to people who make it an administrator."""

from bot.sandbox.errors import bad_request
from bot.sandbox.request import Request, method
from bot.sandbox.rights import RIGHTS, RIGHTS_OF_KIND
from bot.sandbox.world import Json

WHERE = {True: "channel", False: "supergroup"}


@method
def setMyDefaultAdministratorRights(ask: Request) -> bool:
    given = ask.structure("rights", "can't parse administrator rights JSON object")
    if given is not None and not isinstance(given, dict):
        raise bad_request("object expected as administrator rights")
    wanted = [name for name, on in (given or {}).items() if on is True]
    ask.bot.profile.wanted_rights[_kind(ask)] = wanted
    return True


@method
def getMyDefaultAdministratorRights(ask: Request) -> Json:
    kind = _kind(ask)
    wanted = ask.bot.profile.wanted_rights.get(kind, [])
    rights = {name: name in wanted for name in (*RIGHTS, *RIGHTS_OF_KIND[kind])}
    return {"is_anonymous": kind == "supergroup" and "is_anonymous" in wanted, **rights}


def _kind(ask: Request) -> str:
    return WHERE[ask.flag("for_channels")]
