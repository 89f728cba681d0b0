"""config.toml and the environment, typed. An unknown key is refused by name."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.sources.addresses import Refused, as_host, checked, host_of


class ConfigError(Exception):
    """The configuration cannot be used; the message says which key and what is expected."""


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("expected a time zone such as Europe/Prague")
    return name


def _http(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("expected an address that begins with https:// or http://")
    return url.rstrip("/")


def _http_or_nothing(url: str) -> str:
    return _http(url) if url else ""


def _database(url: str) -> str:
    if not url.startswith(("sqlite", "postgresql")) or not _has_a_port_if_any(url):
        raise ValueError("expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
    return url


def _has_a_port_if_any(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _postgresql_or_nothing(url: str) -> str:
    if url and not (url.startswith("postgresql") and _has_a_port_if_any(url)):
        raise ValueError("expected postgresql://USER:PASSWORD@HOST/NAME; empty: as url")
    return url


def _contact(written: str) -> str:
    printable = written.isascii() and written.isprintable()
    if not printable or not re.fullmatch(r"https?://[^\s()]+|[^\s()@]+@[^\s()@]+|", written):
        raise ValueError("expected an address of a page or an e-mail address; empty for none")
    return written


def _host(written: str) -> str:
    try:
        return as_host(written)
    except Refused:
        raise ValueError("expected the name of a host such as www.example.org") from None


def _of_a_source(url: str) -> str:
    try:
        return checked(url, None).url
    except Refused as refused:
        raise ValueError(f"expected a public https:// or http:// address ({refused})") from None


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Telegram(Section):
    token: SecretStr = SecretStr("")
    api_url: Annotated[str, AfterValidator(_http)] = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _webhook_has_an_address(self) -> Self:
        if self.mode == "webhook" and not self.webhook_url.startswith(("https://", "http://")):
            raise ValueError("webhook_url: expected the https:// address of this bot")
        return self

    @field_validator("webhook_secret")
    @classmethod
    def _secret_as_telegram_takes_it(cls, secret: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{32,256}|", secret.get_secret_value()):
            raise ValueError("expected 32 to 256 letters, digits, _ or -; empty for a random one")
        return secret


class Storage(Section):
    url: Annotated[str, AfterValidator(_database)] = "sqlite:///data/paprsek.db"
    direct_url: Annotated[str, AfterValidator(_postgresql_or_nothing)] = ""
    audit_key: SecretStr = SecretStr("")

    @property
    def key(self) -> bytes:
        return self.audit_key.get_secret_value().encode()

    @property
    def is_shared(self) -> bool:
        """Several replicas may work on it."""
        return self.url.startswith("postgresql")


class Cluster(Section):
    name: str = "Český optický klastr"
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Prague"
    language: Literal["cs", "en"] = "cs"
    managers: tuple[int, ...] = ()
    weekly_pushes: int = Field(default=2, ge=0, le=100)
    signed_answers: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Web(Section):
    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65535)
    public_url: Annotated[str, AfterValidator(_http_or_nothing)] = ""


class Sending(Section):
    bulk_per_second: float = Field(default=25, gt=0, le=1000)
    in_flight: int = Field(default=8, ge=1, le=256)


class Fetching(Section):
    enabled: bool = True
    contact: Annotated[str, AfterValidator(_contact)] = ""
    hosts: tuple[Annotated[str, AfterValidator(_host)], ...] = ()


class Source(Section):
    """Where calls for proposals are read; the chat goes on from here."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=32)]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    form: Literal["sedia", "jdp", "feed", "page", "sheet", "grants"]
    address: Annotated[str, AfterValidator(_of_a_source)]
    settings: dict[str, Any] = Field(default_factory=dict)
    language: Literal["cs", "en"] = "cs"
    active: bool = True
    trusted: bool = False
    every: int = Field(default=60, ge=15, le=10_080)


class Log(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "human", "json"] = "auto"


class Config(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="PAPRSEK_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    telegram: Telegram = Telegram()
    storage: Storage = Storage()
    cluster: Cluster = Cluster()
    web: Web = Web()
    sending: Sending = Sending()
    fetching: Fetching = Fetching()
    sources: tuple[Source, ...] = ()
    log: Log = Log()

    @field_validator("sources")
    @classmethod
    def _each_code_once(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        codes = sorted(source.code for source in sources)
        for code, following in pairwise(codes):
            if code == following:
                raise ValueError(f"code: expected each once, {code} is there twice")
        return sources

    @model_validator(mode="after")
    def _webhook_is_served(self) -> Self:
        if self.telegram.mode == "webhook" and not self.web.port:
            raise ValueError("[web] port: expected the port on which the webhook is served")
        if self.telegram.mode == "webhook" and self.storage.is_shared and not self.webhook_secret:
            raise ValueError(
                "[telegram] webhook_secret: expected the same one for all replicas on PostgreSQL"
            )
        if self.web.public_url and not self.web.port:
            raise ValueError("[web] port: expected the port on which calendars are served")
        return self

    @property
    def webhook_secret(self) -> str:
        """Empty without a webhook, and where a random one will do."""
        telegram = self.telegram
        return telegram.webhook_secret.get_secret_value() if telegram.mode == "webhook" else ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        urls = (self.storage.url, self.storage.direct_url)
        passwords = [urlsplit(url).password or "" for url in urls]
        keys = (self.telegram.token, self.telegram.webhook_secret, self.storage.audit_key)
        hidden = [*(key.get_secret_value() for key in keys), *passwords]
        return (*hidden, *map(unquote, passwords))

    @property
    def hosts(self) -> frozenset[str]:
        """Those that are named as such, and those of the sources."""
        return frozenset((*self.fetching.hosts, *(host_of(each.address) for each in self.sources)))

    @property
    def public_url(self) -> str:
        """Where people's calendars reach us; empty: nowhere."""
        if self.web.public_url or self.telegram.mode != "webhook":
            return self.web.public_url
        return self.telegram.webhook_url.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load(path: Path | None = None) -> Config:
    """Read `path` (default: config.toml here, if there is one) under the environment.

    Raises `ConfigError` with one line for each key that is wrong.
    """
    if path is not None and not path.is_file():
        raise ConfigError(f"{path}: there is no such file")

    class FromFile(Config):
        model_config = SettingsConfigDict(toml_file=path or Path("config.toml"))

    try:
        return FromFile()
    except ValidationError as error:
        raise ConfigError("\n".join(_line(each) for each in error.errors())) from None
    except (ValueError, OSError) as error:
        raise ConfigError(f"{path or 'config.toml'}: {error}") from None


def _line(error: Any) -> str:
    words = error["msg"].removeprefix("Value error, ")
    if not error["loc"]:
        return str(words)
    key = _key(error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{key}: there is no such key"
    return f"{key}: {words}" if len(error["loc"]) > 1 else f"{key} {words}"


def _key(location: Sequence[str | int]) -> str:
    match location:
        case (section, int(index), *rest):
            return ", ".join((f"[[{section}]] no. {index + 1}", *map(str, rest)))
        case (section, *rest):
            return f"[{section}] {'.'.join(map(str, rest))}".strip()
    return ""
