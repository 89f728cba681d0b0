"""Welcome series: who is being introduced to what, how far, and the texts that managers edited."""

from storage.welcomes.records import Ending, Series, Welcome, WelcomeText

__all__ = ["Ending", "Series", "Welcome", "WelcomeText"]
