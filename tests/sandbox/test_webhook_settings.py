"""What a webhook is told about itself: addresses as bots write them, certificates."""

from bot.sandbox.request import Upload
from tests.sandbox.conftest import Call


async def test_an_address_without_a_scheme_is_https(call: Call) -> None:
    assert await call("setWebhook", url="203.0.113.7/hook", ip_address="203.0.113.7") is True
    info = await call("getWebhookInfo")
    assert (info["url"], info["ip_address"]) == ("https://203.0.113.7/hook", "203.0.113.7")


async def test_a_certificate_of_ones_own(call: Call) -> None:
    url = "https://example.org/hook"
    certificate = Upload("crt.pem", b"-----BEGIN CERTIFICATE-----")
    assert await call("setWebhook", {"certificate": certificate}, url=url) is True
    assert (await call("getWebhookInfo"))["has_custom_certificate"] is True
    files = {"mine": certificate}
    assert await call("setWebhook", files, url=url, certificate="attach://mine") is True
    assert await call("setWebhook", url=f"{url}/2") is True
    assert (await call("getWebhookInfo"))["has_custom_certificate"] is False
