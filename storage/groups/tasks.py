"""What somebody of a working group has taken upon themselves, and till when."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Field, SQLModel, Text, and_, col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.people import Person


class Task(SQLModel, table=True):
    __tablename__ = "group_task"

    id: int | None = Field(default=None, primary_key=True)
    pillar_id: int = Field(foreign_key="pillar.id", index=True)
    minutes_id: int | None = Field(default=None, foreign_key="minutes.id", ondelete="SET NULL")
    what: str = Field(sa_type=Text)
    person_id: int = Field(foreign_key="person.id", index=True)
    due_on: date
    given_by: int = Field(foreign_key="person.id")
    given_at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    dropped_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class TaskReminder(SQLModel, table=True):
    __tablename__ = "group_task_reminder"

    task_id: int = Field(foreign_key="group_task.id", primary_key=True, ondelete="CASCADE")
    days: int = Field(primary_key=True)  # before the task is due
    due_at: datetime = Field(sa_type=Moment, index=True)
    told_at: datetime | None = Field(default=None, sa_type=Moment)


OPEN = and_(col(Task.done_at).is_(None), col(Task.dropped_at).is_(None))
WAITING = col(TaskReminder.told_at).is_(None)


async def find(session: AsyncSession, task_id: int, *, lock: bool = False) -> Task | None:
    return await session.get(Task, task_id, with_for_update=lock, populate_existing=lock)


async def open_of_pillar(session: AsyncSession, pillar_id: int) -> Sequence[tuple[Task, Person]]:
    """With their owners, the most urgent first."""
    query = (
        select(Task, Person)
        .join(Person, col(Person.id) == Task.person_id)
        .where(Task.pillar_id == pillar_id, OPEN)
    )
    return (await session.exec(query.order_by(col(Task.due_on), col(Task.id)))).all()


async def open_of_person(session: AsyncSession, person_id: int) -> Sequence[Task]:
    """The most urgent first."""
    query = select(Task).where(Task.person_id == person_id, OPEN)
    return (await session.exec(query.order_by(col(Task.due_on), col(Task.id)))).all()


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Task]:
    query = select(Task).where(Task.person_id == person_id)
    return (await session.exec(query.order_by(col(Task.id)))).all()


async def due_reminders(
    session: AsyncSession, now: datetime, limit: int
) -> Sequence[tuple[TaskReminder, Task]]:
    """Of open tasks, those whose time has come, locked."""
    query = (
        select(TaskReminder, Task)
        .join(Task, col(Task.id) == TaskReminder.task_id)
        .where(OPEN, WAITING, TaskReminder.due_at <= now)
        .order_by(col(TaskReminder.due_at), col(Task.id))
    )
    return (await session.exec(query.limit(limit).with_for_update())).all()


async def is_due(session: AsyncSession, now: datetime) -> bool:
    query = (
        select(TaskReminder.task_id)
        .join(Task, col(Task.id) == TaskReminder.task_id)
        .where(OPEN, WAITING, TaskReminder.due_at <= now)
    )
    return (await session.exec(query.limit(1))).first() is not None


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    query = (
        select(func.min(TaskReminder.due_at))
        .join(Task, col(Task.id) == TaskReminder.task_id)
        .where(OPEN, WAITING, TaskReminder.due_at > now)
    )
    return (await session.exec(query)).one()


async def drop_reminders(session: AsyncSession, task_id: int) -> None:
    await session.exec(delete(TaskReminder).where(col(TaskReminder.task_id) == task_id))
