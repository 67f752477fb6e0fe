"""One decision: the plain sentence first, then every rule, the facts and their age, and the line itself."""

import json
from typing import Any

from flask import render_template

from dialer.errors import NotFound
from dialer.people.roles import Sight
from dialer.people.shown_numbers import shown
from dialer.reports.care import decision_without_care
from dialer.reports.explained import explain
from dialer.store.ledger import Entry
from dialer.web.console.entrance import Visitor
from dialer.web.console.names import Names
from dialer.web.parts import parts_of_app


def decision(visitor: Visitor, decision_id: str) -> str:
    """Show why; another principal's decision answers as if it were not there."""
    parts = parts_of_app()
    fields = _line_of(parts.ledger.find(decision_id), visitor.user.sight)
    return render_template(
        "console/decision.html",
        visitor=visitor,
        decision=explain(fields),
        names=Names(parts.configuration.current()),
        raw=json.dumps(shown(fields, visitor.user.numbers), indent=2, ensure_ascii=False),
    )


def _line_of(entry: Entry | None, sight: Sight) -> dict[str, Any]:
    if entry is None or entry.kind != "decision" or not sight.sees(entry.fields.get("principal")):
        raise NotFound("there is no such decision; look for it in the list of blocked calls")
    return decision_without_care(entry.fields, sight)
