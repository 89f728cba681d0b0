"""Calls for proposals: whom they fit, what changes in them, who bids and with whom."""
