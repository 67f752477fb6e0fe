"""What one line's records mean for another line of the same person, or of the same company."""

from collections.abc import Collection, Iterator, Mapping

from dialer.consents.line_facts import Mark
from dialer.law.records import Hold, Objection, Reach
from dialer.store.codec import from_json

Fields = Mapping[bytes, bytes]
_BEYOND_ONE_PRINCIPAL = (Reach.GROUP, Reach.OPERATOR)


def link_field(principal: str, person: str) -> str:
    """Return the field that holds a person's other lines on one of them."""
    return f"lnk:{principal}|{person}"


def of_person(
    fields: Fields, lines: Collection[str], principal: str, person: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the fields of one of a person's lines that belong on all of them. The judge reads their scope."""
    for name, body in fields.items():
        match name.partition(b":")[0]:
            case b"obj":
                is_wide = _is_of_person(from_json(Objection, body), lines, principal, person)
            case b"cor":
                # A no that was corrected must not come to life again on a line that is linked later.
                no = fields.get(b"obj:" + name.partition(b":")[2])
                is_wide = no is not None and _is_of_person(from_json(Objection, no), lines, principal, person)
            case b"hld":
                is_wide = _is_held_for(from_json(Hold, body), lines, principal)
            case b"end":
                hold = fields.get(b"hld:" + name.partition(b":")[2])
                is_wide = hold is not None and _is_held_for(from_json(Hold, hold), lines, principal)
            case b"mrk":
                is_wide = _is_care_of(from_json(Mark, body), lines, principal, person)
            case b"lft":
                mark = fields.get(b"mrk:" + name.partition(b":")[2])
                is_wide = mark is not None and _is_care_of(from_json(Mark, mark), lines, principal, person)
            case _:
                is_wide = False
        if is_wide:
            yield name.decode(), body


def of_company(fields: Fields, principal: str) -> Iterator[tuple[str, bytes]]:
    """Yield the objections on one of a company's lines that cover all lines of that company."""
    for name, body in fields.items():
        if name.startswith(b"obj:"):
            objection = from_json(Objection, body)
            if objection.scope is not None and objection.scope.company and objection.principal == principal:
                yield name.decode(), body


def _is_of_person(objection: Objection, lines: Collection[str], principal: str, person: str) -> bool:
    scope = objection.scope
    if scope is not None and scope.this_line_only:
        return False
    reach = scope.reach if scope is not None else None
    is_ours = objection.principal in (None, principal) or reach in _BEYOND_ONE_PRINCIPAL
    return is_ours and (objection.contact_point in lines or objection.person == person)


def _is_held_for(hold: Hold, lines: Collection[str], principal: str) -> bool:
    return hold.contact_point in lines and hold.principal in (None, principal)


def _is_care_of(mark: Mark, lines: Collection[str], principal: str, person: str) -> bool:
    if mark.kind == "wrong_person" or mark.principal != principal:
        return False
    return mark.person == person or (mark.person is None and mark.contact_point in lines)
