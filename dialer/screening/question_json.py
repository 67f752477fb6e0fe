"""A question as its ledger line keeps it, so that the very same one can be put to the judge again."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, Final

from dialer.calls.call import Channel, DialMode, Leg
from dialer.errors import CannotKeep
from dialer.screening.question import Binding, Question

# Longer than any number or address; what a caller typed beyond that is not worth keeping.
LONGEST_TO: Final = 256
# The digest of a signed request belongs to its receipt, the key stands in the line, a permit is a secret.
_NOT_KEPT: Final = frozenset({"receipt", "key", "permit"})
_KEPT: Final = tuple(field.name for field in fields(Question) if field.name not in _NOT_KEPT)


def question_fields(question: Question) -> dict[str, Any]:
    """Return what was asked, without what was left open; JSON can carry it."""
    kept = {name: value for name in _KEPT if (value := getattr(question, name)) is not None}
    return kept | {"to": question.to[:LONGEST_TO], "binding": question.binding.value}


def read_question(kept: Mapping[str, Any], *, key: str | None) -> Question:
    """Return the question that a ledger line keeps; raises CannotKeep where it does not read."""
    try:
        named: dict[str, Any] = {name: _ENUMS.get(name, str)(value) for name, value in kept.items()}
        return Question(**named, key=key)
    except (TypeError, ValueError):
        raise CannotKeep(
            "a ledger line's question cannot be read: it was written by another version; judge it there"
        ) from None


_ENUMS: Final[Mapping[str, type[StrEnum]]] = {
    "binding": Binding,
    "channel": Channel,
    "dial_mode": DialMode,
    "leg": Leg,
}
