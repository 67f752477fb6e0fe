"""What we say aloud, in short plain British English.

No number is ever read out but a reference, and the one that a company publishes to be rung at.
"""

from typing import Final

UNAVAILABLE: Final = "Not dialled. Our checks could not be made. Please try again in a minute."
NOT_KEPT: Final = "Sorry, we could not write that down just now. Please ring this number again."
AGAIN: Final = "This call was not placed again. Please dial once more."
NOT_HEARD: Final = "Sorry, I did not hear that. To stop these calls, press 9 or say stop."
NOBODY_FREE: Final = "Sorry that nobody was free to speak to you. Goodbye."
NOT_UNDERSTOOD: Final = "Sorry, I did not understand. To stop these calls, press 9 or say stop."
GOODBYE: Final = "Thank you. Goodbye."
LEAVE_A_MESSAGE: Final = "Please leave a message after the tone; it is recorded. To stop our calls, say so."
NO_CALLER_KNOWN: Final = "We cannot see your number. To stop our calls, ring from the phone that we called."
WHICH_NUMBER: Final = "We cannot see your number. Please key in the number that we called, then press hash."
NO_NUMBER: Final = "Sorry, that is not a number we can read. Please key it in once more, then press hash."
AFTER_TALKING: Final = "Thank you for calling. To stop our calls, press 9 or say stop."


def refusal(say: str) -> str:
    """Return what an agent hears when a call is refused."""
    return f"Not dialled. {say}"


def notice(*, announced_name: str, wording: str | None) -> str:
    """Return what a callee hears before they are put through, with the way out."""
    opening = wording.strip() if wording else f"This is a call from {announced_name}."
    return f"{opening} To stop these calls, press 9 or say stop."


def return_call(*, callers: tuple[str, ...], principals: tuple[str, ...]) -> str:
    """Return what somebody hears who rings back: who called, for whom, and the two ways on."""
    by = " and ".join(callers or principals) or "us"
    others = [name for name in principals if callers and name not in callers]
    whose = f", for {' and '.join(others)}" if others else ""
    ways = "To speak to us, press 1. To stop these calls, press 9. You can say stop at any time."
    return f"You were called by {by}{whose}. {ways}"


def ring_instead(number: str | None) -> str:
    """Return what to do where nobody takes return calls: the number that the company publishes."""
    at = f"Please ring {_digit_by_digit(number)}. " if number else ""
    return f"Nobody can take your call here. {at}To stop these calls, press 9 or say stop."


def unattended(*, announced_name: str, number: str | None) -> str:
    """Return the information message of a call nobody could take: who rang and the ways out, no marketing.

    Source: Ofcom, persistent misuse statement (2016), law.md 5.1: the principal, and a number to decline at.
    """
    who = f"This was a call from {announced_name}. " if announced_name else ""
    ring = f", or ring {_digit_by_digit(number)}" if number else ""
    return f"{who}Sorry that nobody was free to speak to you. To stop these calls, press 9 or say stop{ring}."


def removed(*, name: str, reference: str) -> str:
    """Return the confirmation of a no, with its reference read digit by digit."""
    digits = ", ".join(" ".join(pair) for pair in reference.split())
    return f"You are off the list. {name} will not call you again. Your reference is {digits}. Goodbye."


def _digit_by_digit(number: str) -> str:
    """Return a number as it is said in its own country: in threes, with a breath between."""
    digits = f"0{number.removeprefix('+44')}" if number.startswith("+44") else number.removeprefix("+")
    groups = (digits[first : first + 3] for first in range(0, len(digits), 3))
    return ", ".join(" ".join(group) for group in groups)
