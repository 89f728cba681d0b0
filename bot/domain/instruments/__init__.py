"""The equipment of the members: found, shown, asked for, and kept true."""

from bot.domain.instruments.catalogue import Card, card, categories, may_edit, shown

__all__ = ["Card", "card", "categories", "may_edit", "shown"]
