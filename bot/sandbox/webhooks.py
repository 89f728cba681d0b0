"""Webhooks: where a bot wants its updates posted, and the settings Telegram accepts."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request, too_many_requests
from bot.sandbox.request import Request, method
from bot.sandbox.updates import remember_allowed
from bot.sandbox.world import Json

PORTS = (80, 88, 443, 8443)
LOOPBACK = ("localhost", "127.0.0.1", "::1")
SECRET = re.compile(r"[A-Za-z0-9_-]*")


@dataclass
class Webhook:
    url: str = ""
    secret: str = ""
    max_connections: int = 40
    has_certificate: bool = False
    ip_address: str = ""
    last_error_at: int = 0
    last_error: str = ""
    set_at: float = 0
    gone_since: int = 0

    @property
    def settings(self) -> tuple[str, str, int, str]:
        return self.url, self.secret, self.max_connections, self.ip_address


@method
def setWebhook(ask: Request) -> bool:
    url, secret = _whole_address(ask.text("url").strip()), ask.text("secret_token")
    _check(url, secret)
    queue, webhook = ask.sandbox.queue(ask.bot), ask.sandbox.webhook(ask.bot)
    remember_allowed(ask, queue)
    if ask.flag("drop_pending_updates"):
        queue.drop()
    if not url:
        return deleteWebhook(ask)
    limit = min(max(ask.integer("max_connections") or 40, 1), 100)
    certificate = _has_certificate(ask)
    address, now = ask.text("ip_address"), ask.sandbox.clock().timestamp()
    wanted = Webhook(url, secret, limit, certificate, address, set_at=now)
    if wanted.settings == webhook.settings and not certificate:
        ask.remark = "Webhook is already set"
        return True
    if ask.sandbox.clock.runs and wanted.set_at < webhook.set_at + 1:
        raise too_many_requests(1)
    queue.interrupt("terminated by setWebhook request")
    ask.sandbox.set_webhook(ask.bot, wanted)
    ask.remark = "Webhook was set"
    return True


@method
def deleteWebhook(ask: Request) -> bool:
    if ask.flag("drop_pending_updates"):
        ask.sandbox.queue(ask.bot).drop()
    was_set = bool(ask.sandbox.webhook(ask.bot).url)
    ask.remark = "Webhook was deleted" if was_set else "Webhook is already deleted"
    ask.sandbox.set_webhook(ask.bot, Webhook())
    return True


@method
def getWebhookInfo(ask: Request) -> Json:
    queue, webhook = ask.sandbox.queue(ask.bot), ask.sandbox.webhook(ask.bot)
    failed = {
        "last_error_date": webhook.last_error_at,
        "last_error_message": webhook.last_error,
    }
    return {
        "url": webhook.url,
        "has_custom_certificate": webhook.has_certificate,
        "pending_update_count": len(queue.fresh()),
        **(failed if webhook.last_error else {}),
        **({"ip_address": webhook.ip_address} if webhook.ip_address else {}),
        **({"max_connections": webhook.max_connections} if webhook.url else {}),
        **({"allowed_updates": queue.allowed} if queue.allowed else {}),
    }


def _whole_address(url: str) -> str:
    return f"https://{url}" if url and "://" not in url else url


def _has_certificate(ask: Request) -> bool:
    """Whether a certificate of the bot's own came along; here it is only told of."""
    field = ask.text("certificate").removeprefix("attach://") or "certificate"
    return field in ask.files


def _check(url: str, secret: str) -> None:
    """Telegram's own rules, except that plain HTTP may lead to this very machine."""
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if not url:
        return
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not host:
        raise bad_request("invalid webhook URL specified")
    if host in LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in (None, *PORTS):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
