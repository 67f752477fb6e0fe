"""Twilio's webhooks: each verifies the signature, reads the form into our words, asks, and answers TwiML."""

from flask import Blueprint


def blueprint() -> Blueprint:
    """Return all of Twilio's doors under `/twilio`."""
    from dialer.web.twilio import calls, doors, events, people_calling

    house = Blueprint("twilio", __name__, url_prefix="/twilio")
    for room in (calls, people_calling, events):
        doors.mount(house, room.DOORS)
    return house
