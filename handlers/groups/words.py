"""How pillars and whoever leads them are spoken of, wherever they are shown."""

from collections.abc import Iterator, Sequence

from bot.kit.context import Context
from bot.kit.texts import gettext_noop
from storage.people import Person, Role, RoleName

LEADERS = {
    RoleName.GUARANTOR: gettext_noop("Guarantor: <b>{name}</b>, since {day}"),
    RoleName.TECHNICAL_GUARANTOR: gettext_noop("Technical guarantor: <b>{name}</b>, since {day}"),
}
FORMER_LEADERS = {
    RoleName.GUARANTOR: gettext_noop("Guarantor until {until}: {name}, since {day}"),
    RoleName.TECHNICAL_GUARANTOR: gettext_noop(
        "Technical guarantor until {until}: {name}, since {day}"
    ),
}


def leader_lines(ctx: Context, leaders: Sequence[tuple[Role, Person]]) -> Iterator[str]:
    t = ctx.t
    for role, person in leaders:
        day = t.date(role.since.astimezone(t.zone).date())
        yield t(LEADERS[role.name], name=person.name, day=day)


def former_lines(ctx: Context, leaders: Sequence[tuple[Role, Person]]) -> Iterator[str]:
    t = ctx.t
    for role, person in leaders:
        assert role.until is not None
        day = t.date(role.since.astimezone(t.zone).date())
        until = t.date(role.until.astimezone(t.zone).date())
        yield t(FORMER_LEADERS[role.name], name=person.name, day=day, until=until)
