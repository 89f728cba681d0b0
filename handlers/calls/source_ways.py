"""Buttons of the sources that several of their screens show."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class OpenSource(Button, prefix="ca.so"):
    source_id: int


@dataclass(frozen=True)
class ListHosts(Button, prefix="ca.hosts"):
    page: int = 0


@dataclass(frozen=True)
class AllowHost(Button, prefix="ca.host.y"):
    """Allow the host of a source, or the one of which its last reading has complained."""

    source_id: int


@dataclass(frozen=True)
class ListTwins(Button, prefix="ca.twins"):
    """Calls that may be one."""

    page: int = 0
