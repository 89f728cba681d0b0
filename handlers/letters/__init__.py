"""Letters to the manager, and the answers that come back."""

from handlers.letters import amending, desk, forum, ways, writing

__all__ = ["amending", "desk", "forum", "ways", "writing"]
