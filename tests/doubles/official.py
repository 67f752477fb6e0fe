"""Twilio's official library, pointed at the stand-in of a centre."""

from twilio.rest import Client

from dialer.sandbox.account import DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN
from tests.doubles.centre import Centre


def sdk(centre: Centre) -> Client:
    """Return a client as anybody makes it; only its address is another."""
    client = Client(DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN)
    client.api.base_url = centre.standin.url
    return client
