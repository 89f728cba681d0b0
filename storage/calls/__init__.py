"""Calls for proposals: where they are read, what they say, who hears of them and who bids."""

from storage.calls import alerts, bids, finding, history, records, sources, subscriptions

__all__ = ["alerts", "bids", "finding", "history", "records", "sources", "subscriptions"]
