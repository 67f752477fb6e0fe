"""From a form on the queue's page to what somebody decides; the use-cases say what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Final

from werkzeug.datastructures import MultiDict

from dialer.consents.approval import Person, Review, ReviewKind, Ruling
from dialer.errors import Fault, Unreadable
from dialer.law.records import Reach, Scope, ScopeChannels
from dialer.objections.correction import settle_correction
from dialer.objections.possible import PossibleOptOut
from dialer.objections.review import Decision, Finding, decide
from dialer.people.users import User
from dialer.wiring import Parts

CHANNELS: Final = ("calls", "texts", "email", "post")
REACHES: Final = {
    Reach.PRINCIPAL: "Everything this organisation sends",
    Reach.CAMPAIGN: "This campaign only",
    Reach.GROUP: "This organisation and its group",
}
LONGEST_NOTE: Final = 2_000


def person_of_user(user: User) -> Person:
    """Return whoever is logged in, as reviews keep it."""
    return Person(kind="user", id=user.name, name=user.name, agent=user.agent)


def settle_by_form(review: Review, form: MultiDict[str, str], user: User, parts: Parts) -> Review:
    """Settle a review as a form says; raises what the use-cases raise, and Unreadable for half a form."""
    by, note = person_of_user(user), _note(form)
    if review.kind is ReviewKind.CORRECTION:
        return settle_correction(review.id, _ruling(form, by, note), parts.corrections)
    if review.kind is not ReviewKind.OPT_OUT or review.possible is None:
        raise Unreadable("what waits here is settled through the API: POST /v1/reviews/{id}")
    return decide(review.id, _decision(form, by, note, review.possible), parts.listening.reviews)


def _decision(form: MultiDict[str, str], by: Person, note: str | None, possible: PossibleOptOut) -> Decision:
    act = _act(form, tuple(Finding))
    finding = Finding(act)
    scope = _scope(form, possible) if finding is Finding.CHANGE_SCOPE else None
    return Decision(finding=finding, by=by, note=note, scope=scope)


def _ruling(form: MultiDict[str, str], by: Person, note: str | None) -> Ruling:
    act = _act(form, ("approve", "reject"))
    if act == "reject":
        return Ruling(outcome="reject", by=by, note=note)
    if note is None:
        raise Unreadable("to lift an objection needs a reason", faults=(Fault("note", "is required"),))
    if form.get("listened") != "yes":
        fault = Fault("listened", "listen first, or read the words where nothing was recorded")
        raise Unreadable("to lift an objection, say that you heard or read what was said", faults=(fault,))
    return Ruling(outcome="approve", by=by, note=note)


def _scope(form: MultiDict[str, str], possible: PossibleOptOut) -> Scope:
    reach = Reach(_act(form, tuple(REACHES), name="reach"))
    return Scope(
        reach=reach,
        channels=_channels(form.getlist("channels")),
        campaign=possible.campaign if reach is Reach.CAMPAIGN else None,
        this_line_only=form.get("this_line_only") == "yes",
    )


def _channels(chosen: Sequence[str]) -> ScopeChannels:
    named = tuple(name for name in CHANNELS if name in chosen)
    if not named:
        raise Unreadable("choose what must stop", faults=(Fault("channels", "at least one"),))
    return "all" if len(named) == len(CHANNELS) else named  # type: ignore[return-value]


def _act(form: Mapping[str, str], allowed: Sequence[str], *, name: str = "act") -> str:
    if form.get(name, "") not in allowed:
        raise Unreadable("cannot read the form", faults=(Fault(name, f"one of: {', '.join(allowed)}"),))
    return form[name]


def _note(form: Mapping[str, str]) -> str | None:
    note = form.get("note", "").strip()
    if len(note) > LONGEST_NOTE:
        raise Unreadable(
            "the reason is too long", faults=(Fault("note", f"at most {LONGEST_NOTE} characters"),)
        )
    return note or None
