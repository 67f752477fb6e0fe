"""What we say aloud, in short plain British English; no number is ever read out but a reference."""

from typing import Final

UNAVAILABLE: Final = "Not dialled. Our checks could not be made. Please try again in a minute."
NOT_KEPT: Final = "Sorry, we could not write that down just now. Please ring this number again."
AGAIN: Final = "This call was not placed again. Please dial once more."
NOT_HEARD: Final = "Sorry, I did not hear that."
NOT_UNDERSTOOD: Final = "Sorry, I did not understand. To stop these calls, press 9 or say stop."
GOODBYE: Final = "Thank you. Goodbye."
NO_CALLER_KNOWN: Final = "We cannot see your number. To stop our calls, ring from the phone that we called."


def refusal(say: str) -> str:
    """Return what an agent hears when a call is refused."""
    return f"Not dialled. {say}"


def notice(*, announced_name: str, wording: str | None) -> str:
    """Return what a callee hears before they are put through, with the way out."""
    opening = wording.strip() if wording else f"This is a call from {announced_name}."
    return f"{opening} To stop these calls, press 9 or say stop."


def return_call(names: tuple[str, ...]) -> str:
    """Return what somebody hears who rings back a number that called them."""
    who = " and ".join(names) if names else "us"
    return f"You were called by {who}. To stop these calls, press 9 or say stop."


def unattended(*, announced_name: str) -> str:
    """Return the information message of a call nobody could take: who rang and the way out, no marketing."""
    return f"This was a call from {announced_name}. Sorry that nobody was free. To stop these calls, press 9."


def removed(*, name: str, reference: str) -> str:
    """Return the confirmation of a no, with its reference read digit by digit."""
    digits = ", ".join(" ".join(pair) for pair in reference.split())
    return f"You are off the list. {name} will not call you again. Your reference is {digits}. Goodbye."
