"""What people with power did: rows that are only ever added, each sealed to the one before it.

The seal is an HMAC over the row and the seal before it, so a row that was changed, taken out or
slipped in breaks the chain. Its key stays outside the database.
"""

import hmac
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.orm import Session
from sqlmodel import JSON, Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import AUDIT_KEY, Moment

DEEDS = "deeds"  # of a session's transaction, not yet in the chain
ONE_AT_A_TIME = 7_203_121  # the advisory lock of the chain's end on PostgreSQL
SLICE = 1_000


class Audit(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)  # from 1, without a gap once sealed
    at: datetime = Field(sa_type=Moment, index=True)
    actor_id: int = Field(foreign_key="person.id", index=True)
    action: str
    subject: str  # a kind and an id, such as `event:12`
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    seal: str = ""  # empty: from before there were seals

    def sealed(self, before: str, key: bytes) -> str:
        """In hexadecimal."""
        at = self.at.astimezone(UTC).isoformat()
        facts = [before, self.id, at, self.actor_id, self.action, self.subject, self.details]
        canonical = json.dumps(facts, sort_keys=True, separators=(",", ":"))
        return hmac.new(key, canonical.encode(), sha256).hexdigest()


@dataclass(frozen=True)
class Chain:
    """How far it is whole: the last row and its seal, and where it breaks."""

    rows: int
    unsealed: int  # from before there were seals, at the beginning
    head: str
    broken_at: int | None = None  # the id of the first row that does not follow


async def of_actor(session: AsyncSession, actor_id: int) -> Sequence[Audit]:
    query = select(Audit).where(Audit.actor_id == actor_id).order_by(col(Audit.id))
    return (await session.exec(query)).all()


async def record(
    session: AsyncSession, actor_id: int, action: str, subject: str, now: datetime, **details: Any
) -> None:
    """It is written with the commit, last: whoever adds to the chain holds up the others."""
    deed = Audit(at=now, actor_id=actor_id, action=action, subject=subject, details=details)
    session.info.setdefault(DEEDS, []).append(deed)


@event.listens_for(Session, "before_commit")
def _add_to_the_chain(session: Session) -> None:
    deeds: list[Audit] = session.info.pop(DEEDS, [])
    if not deeds:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"select pg_advisory_xact_lock({ONE_AT_A_TIME})"))
    last = session.scalars(select(Audit).order_by(col(Audit.id).desc()).limit(1)).first()
    end, seal = (last.id or 0, last.seal) if last is not None else (0, "")
    for place, deed in enumerate(deeds, 1):
        deed.id = end + place
        deed.seal = seal = deed.sealed(seal, session.info.get(AUDIT_KEY, b""))
        session.add(deed)
    session.flush()


@event.listens_for(Session, "after_rollback")
def _forget_what_was_not_done(session: Session) -> None:
    session.info.pop(DEEDS, None)


async def has(session: AsyncSession, head: str) -> bool:
    """Whether a head that was noted once, `<id>:<seal>`, is in the chain."""
    number, _, seal = head.partition(":")
    row = await session.get(Audit, int(number)) if number.isdecimal() else None
    return row is not None and hmac.compare_digest(row.seal, seal)


async def verify(session: AsyncSession, key: bytes) -> Chain:
    """Walk the chain from its beginning to its end, or to the first row that does not follow."""
    chain = Chain(0, 0, "")
    async for row in _all(session):
        follows = row.id == chain.rows + 1 or not row.seal
        if not row.seal and not chain.head:
            chain = Chain(row.id or 0, chain.unsealed + 1, "")
        elif follows and hmac.compare_digest(row.seal, row.sealed(chain.head, key)):
            chain = Chain(row.id or 0, chain.unsealed, row.seal)
        else:
            return Chain(chain.rows, chain.unsealed, chain.head, broken_at=row.id)
    return chain


async def _all(session: AsyncSession) -> AsyncIterator[Audit]:
    last = 0
    while rows := (
        await session.exec(
            select(Audit).where(col(Audit.id) > last).order_by(col(Audit.id)).limit(SLICE)
        )
    ).all():
        for row in rows:
            yield row
        last = rows[-1].id or 0
        session.expunge_all()
