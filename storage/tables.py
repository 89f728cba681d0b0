"""Every table that we have, so that migrations see them all."""

from sqlmodel import SQLModel

from storage import (
    announcements,
    audit,
    calls,
    confirmations,
    drafts,
    errands,
    files,
    gate,
    groups,
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
    "calls",
    "confirmations",
    "drafts",
    "errands",
    "files",
    "gate",
    "groups",
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
