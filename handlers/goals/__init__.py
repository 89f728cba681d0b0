"""The year's plan beside what really happened."""

from handlers.goals import card, goal, papers

__all__ = ["card", "goal", "papers"]
