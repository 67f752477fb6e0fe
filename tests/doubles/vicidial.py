"""A stand-in for VICIdial's non-agent API, as its NON-AGENT_API.txt describes the two functions we use.

It answers 200 whatever happened, in one line of text; a list holds what it was given, letter by letter.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug import Request, Response

MAY = "6666"
PASSWORD = "1234"


@dataclass
class Vicidial:
    """One server: lists by name, users with what they may do."""

    lists: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    may_delete: bool = True
    knows_deletion: bool = True
    asked: list[Mapping[str, str]] = field(default_factory=list)

    def answer(self, request: Request) -> Response:
        """Answer one request; its log-in and function may stand in the address or in the form."""
        given = {**request.args.to_dict(), **request.form.to_dict()}
        self.asked.append(given)
        return Response(self._line(given) + "\n", mimetype="text/html")

    def _line(self, given: Mapping[str, str]) -> str:
        name, user = given.get("function", ""), given.get("user", "")
        if (user, given.get("pass")) != (MAY, PASSWORD):
            return f"ERROR: Login incorrect, please try again - |||{user}|{user}|"
        if name == "add_dnc_phone":
            return self._add(given)
        if name == "delete_dnc_phone" and self.knows_deletion:
            return self._delete(given)
        return "ERROR: NO FUNCTION SPECIFIED"

    def _add(self, given: Mapping[str, str]) -> str:
        number, name = given.get("phone_number", ""), given.get("campaign_id", "")
        if not 6 <= len(number) <= 20 or len(name) < 2:
            return f"ERROR: add_dnc_phone YOU MUST USE ALL REQUIRED FIELDS - {MAY}|{number}|{name}"
        if number in self.lists[name]:
            return f"ERROR: add_dnc_phone DNC NUMBER ALREADY EXISTS - {MAY}|{number}"
        self.lists[name].add(number)
        return f"SUCCESS: add_dnc_phone DNC NUMBER HAS BEEN ADDED - {MAY}|{number}|{name}"

    def _delete(self, given: Mapping[str, str]) -> str:
        number, name = given.get("phone_number", ""), given.get("campaign_id", "")
        if not self.may_delete:
            return f"ERROR: delete_dnc_phone USER DOES NOT HAVE PERMISSION TO DELETE DNC NUMBERS - {MAY}|0"
        if number not in self.lists[name]:
            return f"ERROR: delete_dnc_phone DNC NUMBER DOES NOT EXIST - {MAY}|{number}"
        self.lists[name].discard(number)
        return f"SUCCESS: delete_dnc_phone DNC NUMBER HAS BEEN DELETED - {MAY}|{number}|{name}"
