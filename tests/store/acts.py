"""Every act of which somebody is told that it was kept, by name: what comes before it, and the act itself.

Each names its own ids, as a request that is sent again does, so that it may be done twice.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dialer.calls.after_call import CallMade, OutcomeTold, WrapUpTold
from dialer.calls.dispositions import Disposition, Outcome
from dialer.consents.approval import Person, Ruling, settle
from dialer.consents.line_facts import LineWord, put_line
from dialer.consents.line_reports import Report, ReportKind, report
from dialer.law.records import Consent, Hold, Reach, Scope
from dialer.objections.correction import Wish, propose, settle_correction
from dialer.objections.holding import Holding, Release, hold_line, release_line
from dialer.objections.record_all import BatchDesk, record_all
from dialer.objections.review import Finding, decide
from dialer.objections.saying import Saying
from dialer.store.objection_batches import ObjectionBatches
from tests.doubles.house import NUMBER, OTHER_NUMBER, House
from tests.objections import doubts
from tests.store.permits import permitted, redeem

ONE, OTHER = (Person(kind="key", id=name, name=name) for name in ("one", "other"))
Found = dict[str, str]


@dataclass(frozen=True)
class Act:
    """`before` returns what the act needs to know; it runs where nothing goes wrong."""

    act: Callable[[House, Found], object]
    before: Callable[[House], Found] = lambda house: {}


def a_no(house: House) -> Found:
    return {"no": house.object().id}


def linked(house: House) -> Found:
    house.parts.lines.link(OTHER_NUMBER, "alder", "P1", by="test", at=house.clock())
    return {}


def a_consent(house: House) -> Consent:
    return Consent(id="con_1", contact_point=NUMBER, principal="alder", recorded_at=house.clock())


def proposed_consent(house: House) -> Found:
    return {"review": house.parts.records.keep(a_consent(house), by=ONE, proposed=True).review or ""}


def propose_correction(house: House, found: Found) -> str:
    desk = house.parts.corrections
    kept = desk.objections.find(found["no"])
    assert kept is not None
    return propose(kept, Wish(objection=found["no"], why="misheard", note=None, by=ONE), desk).id


def proposed_correction(house: House) -> Found:
    found = a_no(house)
    return found | {"review": propose_correction(house, found)}


def agree(house: House, found: Found) -> object:
    ruling = Ruling(outcome="approve", by=OTHER)
    return settle(found["review"], ruling, house.parts.reviews, house.clock)


def agree_to_correction(house: House, found: Found) -> object:
    return settle_correction(found["review"], Ruling(outcome="approve", by=OTHER), house.parts.corrections)


def object_once(house: House, found: Found) -> object:
    return house.object(objection_id="obj_1")


def object_by_the_batch(house: House, found: Found) -> object:
    saying = Saying(
        contact_point=NUMBER,
        principal="alder",
        operator=None,
        scope=Scope(reach=Reach.PRINCIPAL, channels="voice"),
        source="import",
        objection_id="obj_2",
    )
    batches = ObjectionBatches(house.parts.redis, house.parts.safety)
    return record_all([saying], BatchDesk(batches=batches, desk=house.parts.desk))


def hold(house: House, found: Found) -> None:
    at = house.clock()
    kind = "possible_objection"
    held = Hold(id="hld_1", contact_point=NUMBER, principal="alder", kind=kind, since=at, recorded_at=at)
    hold_line(Holding(hold=held, source="speech", by="test"), house.parts.holds, at=at)


def held(house: House) -> Found:
    hold(house, {})
    return {}


def let_go(house: House, found: Found) -> object:
    end = Release(id="1", hold="hld_1", why="not_an_objection", released_at=house.clock(), by="sue")
    return release_line(NUMBER, end, house.parts.holds)


def doubted(house: House) -> Found:
    return {"review": doubts.doubtful(house).id}


def lift(house: House, found: Found) -> object:
    return decide(found["review"], doubts.found(Finding.NOT_AN_OPT_OUT), house.parts.listening.reviews)


def confirm(house: House, found: Found) -> object:
    return decide(found["review"], doubts.found(Finding.CONFIRM), house.parts.listening.reviews)


def tell_report(kind: ReportKind) -> Callable[[House, Found], object]:
    def act(house: House, found: Found) -> None:
        told = Report(
            id=f"mrk_{kind}",
            contact_point=NUMBER,
            principal="alder",
            kind=kind,
            person=None,
            campaign="C1",
            decision=None,
            by="a17",
            source="agent",
        )
        report(told, house.parts.line_reports, at=house.clock())

    return act


def call_of(house: House) -> CallMade:
    return CallMade(decision="dec_1", contact_point=NUMBER, principal="alder", campaign="C1", call_ref=None)


def tell_outcome(house: House, found: Found) -> object:
    now = house.clock()
    call = call_of(house)
    told = OutcomeTold(call=call, outcome=Outcome.ABANDONED, at=now, recorded_at=now, by="dialer")
    return house.parts.conduct.keep_outcome(told)


def wrap_up(house: House, found: Found) -> object:
    now = house.clock()
    told = WrapUpTold(call=call_of(house), code="7", raw=None, disposition=None, recorded_at=now, by="a17")
    return house.parts.conduct.keep_wrap_up(told)


def name_codes(house: House, found: Found) -> object:
    return house.parts.conduct.put_codes("alder", {"7": Disposition.OPT_OUT}, by="sue", at="2026-11-23")


def know_line(house: House, found: Found) -> object:
    word = LineWord(contact_point=NUMBER, principal="alder", by="sue", no_contact="vulnerable")
    return put_line(word, house.parts.lines, at=house.clock())


def link(house: House, found: Found) -> object:
    return house.parts.lines.link(NUMBER, "alder", "P1", by="test", at=house.clock())


def with_permit(house: House) -> Found:
    return {"permit": permitted(house).permit or ""}


ACTS = {
    "objection": Act(object_once),
    "objection to every line of a person": Act(object_once, linked),
    "import of objections": Act(object_by_the_batch),
    "consent": Act(lambda house, _: house.parts.records.keep(a_consent(house), by=ONE)),
    "proposal of a consent": Act(
        lambda house, _: house.parts.records.keep(a_consent(house), by=ONE, proposed=True)
    ),
    "approval of a consent": Act(agree, proposed_consent),
    "proposal of a correction": Act(propose_correction, a_no),
    "approval of a correction": Act(agree_to_correction, proposed_correction),
    "hold": Act(hold),
    "release of a hold": Act(let_go, held),
    "possible no": Act(lambda house, _: doubts.doubtful(house)),
    "decision on a possible no": Act(lift, doubted),
    "confirmation of a possible no": Act(confirm, doubted),
    "wrong person": Act(tell_report(ReportKind.WRONG_PERSON)),
    "care mark": Act(tell_report(ReportKind.VULNERABLE)),
    "refusal": Act(tell_report(ReportKind.REFUSAL)),
    "outcome": Act(tell_outcome),
    "wrap-up": Act(wrap_up),
    "wrap-up codes": Act(name_codes),
    "line facts": Act(know_line),
    "link": Act(link, linked),
    "permit": Act(lambda house, found: redeem(house, found["permit"]), with_permit),
}
