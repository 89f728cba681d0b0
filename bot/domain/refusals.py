"""Ways the cluster says no. No words here: `handlers.refusals` finds them."""


class Refusal(Exception):
    """The request makes no sense (any more); nothing was changed."""


class Gone(Refusal):
    """What the button was about no longer exists."""


class NotAllowed(Refusal):
    """The person may not do this (any more)."""


class MembersOnly(Refusal):
    """For verified members; guests may ask to become one."""
