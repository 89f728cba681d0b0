"""Who is new to something is shown around in a few short messages, until they go by themselves."""

from bot.domain.welcomes import editing, traces
from bot.domain.welcomes.steps import DAYS, Step, begin, decline, due, steps_of

__all__ = ["DAYS", "Step", "begin", "decline", "due", "editing", "steps_of", "traces"]
