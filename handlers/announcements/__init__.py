"""Announcements of the manager: written, previewed, sent to many, followed to their end."""

from handlers.announcements import audience, past, sending, writing

__all__ = ["audience", "past", "sending", "writing"]
