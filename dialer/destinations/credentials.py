"""Credentials are sealed where they are kept, and opened only by the worker that uses them."""

from typing import Protocol


class Unseal(Protocol):
    """Opens what was sealed for one destination."""

    def __call__(self, text: str, *, of: str) -> str:
        """Return the plain credential; raises RingfenceError where it cannot be opened."""


def as_it_is(text: str, *, of: str) -> str:  # noqa: ARG001 - others are bound to their destination
    """Return a credential that was never sealed: a demo's, or a test's."""
    return text
