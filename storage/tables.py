"""Every table that we have, so that migrations see them all."""

from sqlmodel import SQLModel

from storage import (
    announcements,
    audit,
    confirmations,
    drafts,
    errands,
    files,
    gate,
    inbox,
    instruments,
    invitations,
    organisations,
    outbox,
    people,
    pillars,
    settings,
    workshops,
)

__all__ = [
    "announcements",
    "audit",
    "confirmations",
    "drafts",
    "errands",
    "files",
    "gate",
    "inbox",
    "instruments",
    "invitations",
    "organisations",
    "outbox",
    "people",
    "pillars",
    "settings",
    "workshops",
]
metadata = SQLModel.metadata
