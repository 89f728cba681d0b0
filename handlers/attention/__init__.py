"""What people are written to without asking: how they turn it down, and Monday's digest."""

from handlers.attention import choosing, digest, hours

__all__ = ["choosing", "digest", "hours"]
