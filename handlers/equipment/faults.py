"""What is wrong with what somebody wrote of an instrument, in words."""

from bot.domain.instruments import cells, wording
from bot.domain.instruments.cells import Fault, Wrong
from bot.kit.texts import Texts


def words(t: Texts, fault: Fault) -> str:
    """Plain words; the column first, where it is one."""
    said = _said(t, fault)
    if not fault.column:
        return said
    return f"{wording.heading(fault.column, t.language)}: {said}"


def _said(t: Texts, fault: Fault) -> str:
    said = fault.said if len(fault.said) <= 60 else f"{fault.said[:59]}…"
    match fault.wrong:
        case Wrong.EMPTY:
            return t.plain("something must stand here")
        case Wrong.TOO_LONG:
            return t.plain("too long, {n} at most", n=said)
        case Wrong.NO_SUCH_WORD:
            return t.plain("I do not know “{said}”; {words}", said=said, words=_known(t, fault))
        case Wrong.NO_NUMBER:
            return t.plain("“{said}” is no whole number", said=said)
        case Wrong.NO_PRICE:
            return t.plain("“{said}” is no price; write 500 or 500–800", said=said)
        case Wrong.NO_LINK:
            return t.plain("“{said}” is no link; it begins with https://", said=said)
        case Wrong.NO_DOI:
            return t.plain("“{said}” is no DOI; it looks like 10.1234/abc", said=said)
        case Wrong.NO_DATE:
            return t.plain("“{said}” is no date", said=said)
        case Wrong.NO_PARAMETER:
            return t.plain("“{said}” is no parameter; write Wavelength: 400–1000 nm", said=said)
        case Wrong.TWICE_SAID:
            return t.plain("“{said}” stands there twice", said=said)
        case Wrong.NO_SUCH_FIELD:
            return t.plain("I cannot read “{said}”; write Guarantor: on request", said=said)
        case Wrong.NO_SUCH_OWNER:
            return t.plain("I do not know the organisation “{said}”", said=said)
        case Wrong.NOT_YOURS:
            return t.plain("“{said}” is another organisation than yours", said=said)
        case Wrong.NO_SUCH_PILLAR:
            return t.plain("I do not know the pillar “{said}”", said=said)
        case Wrong.SAME_NUMBER:
            return t.plain("the same number as in row {n}", n=said)
        case Wrong.SAME_RECORD:
            return t.plain("the same name, maker and model as in row {n}; number them", n=said)
        case Wrong.MERGED:
            return t.plain("merged cells; please split them")


def _known(t: Texts, fault: Fault) -> str:
    """The words that would do."""
    kinds = {"record": "visibility", **dict.fromkeys(cells.FLAGS, "truth")}
    kind = kinds.get(fault.column, fault.column)
    return t.plain("write one of: {words}", words=", ".join(wording.known(kind, t.language)))
