"""The kinds of record a file may hold, and their columns: consents, requests to be rung, relationships.

Files of lines, of our own phones and of lists are described beside what keeps them.
"""

from dataclasses import dataclass
from typing import Any, Final

from dialer.ids import Kind
from dialer.law.records import Consent, Relationship, Solicitation

TRUTHS: Final = frozenset(
    {
        *("specific", "obtained_in_breach", "source_chain.evidence_complete", "own_sale"),
        *("refusal_offered_at_collection", "refusal_offered_since", "reasonably_envisaged", "contrived"),
        "notice_given",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """One kind of file. `past` are times of what must have happened, `to_come` may lie ahead.

    `plural` is the word people are told, `command` the one that imports it. `id_kind` None is a kind whose
    records get no id and no time of recording from us.
    """

    shape: type[Any]
    id_kind: Kind | None
    plural: str
    command: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    lists: frozenset[str]
    past: tuple[str, ...]
    to_come: tuple[str, ...] = ()

    @property
    def times(self) -> frozenset[str]:
        """Return every column that holds an instant."""
        return frozenset((*self.past, *self.to_come))


CONSENTS: Final = FileKind(
    shape=Consent,
    id_kind=Kind.CONSENT,
    plural="consents",
    command="consent",
    columns=(
        *("contact_point", "person", "principal", "named_as", "channels", "purposes", "given_at", "method"),
        *("wording.version", "wording.text", "proof.kind", "proof.ref", "proof.sha256", "given_by", "source"),
        *("source_chain.collector", "source_chain.contract", "source_chain.evidence_complete", "specific"),
        *("obtained_in_breach", "last_interaction_at", "expires_at", "withdrawn_at"),
    ),
    needed=("contact_point", "principal", "channels", "purposes", "given_at"),
    lists=frozenset({"channels", "purposes"}),
    past=("given_at", "last_interaction_at", "withdrawn_at"),
    to_come=("expires_at",),
)
SOLICITATIONS: Final = FileKind(
    shape=Solicitation,
    id_kind=Kind.SOLICITATION,
    plural="solicitations",
    command="solicitation",
    columns=(
        *("contact_point", "principal", "topic", "channels", "requested_at", "valid_until"),
        *("window.from", "window.until", "proof.kind", "proof.ref", "proof.sha256"),
    ),
    needed=("contact_point", "principal", "topic", "channels", "requested_at"),
    lists=frozenset({"channels"}),
    past=("requested_at",),
    to_come=("valid_until", "window.from", "window.until"),
)
RELATIONSHIPS: Final = FileKind(
    shape=Relationship,
    id_kind=Kind.RELATIONSHIP,
    plural="relationships",
    command="relationship",
    columns=(
        *("contact_point", "principal", "kind", "product_category", "own_sale", "collected_at"),
        *("refusal_offered_at_collection", "refusal_offered_since", "reasonably_envisaged", "contrived"),
    ),
    needed=("contact_point", "principal", "kind"),
    lists=frozenset(),
    past=("collected_at",),
)
