"""A line's HASH read back: the same records in any order of its fields are the same line."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

from dialer.consents.line_facts import Mark
from dialer.law.records import Consent, Hold, Objection
from dialer.store.codec import to_json
from dialer.store.line_record import read_line

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)


def mark(name: str, kind: Any, hours: float) -> tuple[bytes, bytes]:
    at = AT + timedelta(hours=hours)
    made = Mark(id=name, contact_point="+442079460123", principal="alder", kind=kind, recorded_at=at)
    return f"mrk:{name}".encode(), to_json(made)


def test_the_order_of_a_hash_changes_nothing() -> None:
    fields = [
        *((f"obj:obj_{n}".encode(), to_json(Objection(id=f"obj_{n}"))) for n in range(2)),
        (b"hld:hld_1", to_json(Hold(id="hld_1"))),
        (b"hld:hld_2", to_json(Hold(id="hld_2"))),
        (b"con:con_1", to_json(Consent(id="con_1"))),
    ]
    first = read_line(fields)
    assert [no.id for no in first.objections] == ["obj_0", "obj_1"]
    assert all(read_line(order) == first for order in permutations(fields))


def test_the_earliest_care_mark_is_the_one_that_is_told() -> None:
    fields = [
        mark("mrk_b", "deceased", 2),
        mark("mrk_c", "wrong_person", 0),
        mark("mrk_d", "legal", 1),
        mark("mrk_a", "vulnerable", 1.5),
    ]
    for order in permutations(fields):
        assert read_line(order).line_for("alder", person=None).no_contact == "legal"
