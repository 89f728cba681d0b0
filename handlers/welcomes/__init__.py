"""Short messages for those who are new to something, and their texts in a manager's hand."""

from handlers.welcomes import editing, sending

__all__ = ["editing", "sending"]
