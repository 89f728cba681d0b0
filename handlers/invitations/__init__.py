"""Invitations: made, handed over, followed, counted and revoked."""

from handlers.invitations import following, listing, making

__all__ = ["following", "listing", "making"]
