"""Twilio's webhooks: each verifies the signature, reads the form into our words, asks, and answers TwiML."""

from typing import cast

from flask import Blueprint, Flask


def blueprint() -> Blueprint:
    """Return all of Twilio's doors under `/twilio`."""
    from dialer.web.twilio import (
        calls,
        doors,
        events,
        front,
        recordings,
        return_calls,
        texts,
        unattended,
        voicemail,
    )

    house = Blueprint("twilio", __name__, url_prefix="/twilio")
    every = (
        *calls.DOORS,
        *return_calls.DOORS,
        *unattended.DOORS,
        *texts.DOORS,
        *recordings.DOORS,
        *voicemail.DOORS,
        *events.DOORS,
    )
    doors.mount(house, every)
    house.record_once(lambda state: front.put_before(cast(Flask, state.app), every))
    return house
