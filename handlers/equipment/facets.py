"""What pillars and owners are called, by facet."""

from collections.abc import Iterable

from bot.domain.instruments import naming
from bot.kit.context import Context
from handlers.equipment.words import kind_of, value_of


async def names_of(ctx: Context, facets: Iterable[str]) -> dict[str, str]:
    keyed = [each for each in facets if value_of(each).isdecimal()]
    owners = [int(value_of(each)) for each in keyed if kind_of(each) == "owner"]
    found = {
        f"owner:{key}": name for key, name in (await naming.owners(ctx.session, owners)).items()
    }
    pillars = await naming.pillars(ctx.session, ctx.t.language, ctx.now)
    return found | {f"pillar:{key}": name for key, name in pillars.items()}
