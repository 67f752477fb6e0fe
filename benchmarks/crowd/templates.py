"""Five lines of ten events each, every one written by the store's own writers, to be copied many times."""

from datetime import timedelta

from dialer.calls.after_call import CallMade, OutcomeTold
from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.calls.dispositions import Outcome
from dialer.consents.line_facts import LineWord, put_line
from dialer.consents.line_reports import Report, ReportKind, report
from dialer.ids import Kind, new_id
from dialer.law.facts import SubscriberKind
from dialer.law.records import Consent, Proof, Reach, Relationship, Scope, Solicitation, Window, Wording
from dialer.screening.screen import Screened
from tests.doubles.house import House

EVENTS = 10
TEMPLATES = tuple(f"+4420794608{n:02d}" for n in range(5))


def write_templates(house: House) -> None:
    """Write each line's ten events as the doors would, a minute apart."""
    writers = (_customer, _keen_person, _objector, _often_tried, _well_known)
    for line, write in zip(TEMPLATES, writers, strict=True):
        write(house, line)


def _customer(house: House, line: str) -> None:
    """Three consents, two call-backs, a sale, a link, what is known of the line, two outcomes."""
    for _ in range(3):
        _consent(house, line)
    for _ in range(2):
        _call_back(house, line)
    _sale(house, line)
    _link(house, line)
    _know(
        house, LineWord(contact_point=line, principal="alder", by="a17", subscriber=SubscriberKind.INDIVIDUAL)
    )
    _outcome(house, line, Outcome.ABANDONED)
    _outcome(house, line, Outcome.MACHINE)


def _keen_person(house: House, line: str) -> None:
    """Ten consents: the heaviest records there are."""
    for _ in range(EVENTS):
        _consent(house, line)


def _objector(house: House, line: str) -> None:
    """Two calls, what came of them, two consents, then three noes of different reach and an offer refused."""
    _call(house, line)
    _outcome(house, line, Outcome.MACHINE)
    _call(house, line)
    for _ in range(2):
        _consent(house, line)
    _report(house, line, ReportKind.REFUSAL)
    for reach in (Reach.CAMPAIGN, Reach.PRINCIPAL, Reach.OPERATOR):
        scope = Scope(reach=reach, channels="voice", campaign="C9" if reach is Reach.CAMPAIGN else None)
        house.object(line, scope=scope, words="please take me off your list, I have asked before")
        house.clock.advance(minutes=1)
    _sale(house, line)


def _often_tried(house: House, line: str) -> None:
    """Two consents, six calls on six days, two outcomes."""
    for _ in range(2):
        _consent(house, line)
    for day in range(6):
        house.clock.now -= timedelta(days=6 - day)
        _call(house, line)
        house.clock.now += timedelta(days=6 - day)
    _outcome(house, line, Outcome.MACHINE)
    _outcome(house, line, Outcome.ABANDONED)


def _well_known(house: House, line: str) -> None:
    """Two persons linked, one wrong for the line, and the records of both."""
    _link(house, line)
    _link(house, line, "P2")
    _report(house, line, ReportKind.WRONG_PERSON)
    for _ in range(3):
        _consent(house, line)
    for _ in range(3):
        _call_back(house, line)
    _know(house, LineWord(contact_point=line, principal="birch", by="a17", company="CO1"))


def _know(house: House, word: LineWord) -> None:
    put_line(word, house.parts.lines, at=house.clock())


def _consent(house: House, line: str) -> None:
    at = house.clock()
    consent = Consent(
        id=new_id(Kind.CONSENT, at=at),
        contact_point=line,
        principal="alder",
        named_as="Alder Energy Ltd",
        channels=(Channel.LIVE_CALL, Channel.SMS),
        purposes=(Purpose.GENERAL,),
        given_at=at - timedelta(days=40),
        recorded_at=at,
        method="web_form",
        wording=Wording(version="w3", text="Yes, Alder Energy Ltd may ring me about solar panels."),
        proof=Proof(kind="form_log", ref="forms/2026/10/14/8812", sha256="9f" * 32),
        given_by="subscriber",
        source="own",
        specific=True,
    )
    house.parts.records.add(consent)
    house.clock.advance(minutes=1)


def _call_back(house: House, line: str) -> None:
    at = house.clock()
    asked = Solicitation(
        id=new_id(Kind.SOLICITATION, at=at),
        contact_point=line,
        principal="alder",
        topic="solar",
        channels=(Channel.LIVE_CALL,),
        requested_at=at,
        recorded_at=at,
        window=Window(from_=at, until=at + timedelta(hours=4)),
        proof=Proof(kind="call", ref="dec_earlier"),
    )
    house.parts.records.add(asked)
    house.clock.advance(minutes=1)


def _sale(house: House, line: str) -> None:
    at = house.clock()
    sale = Relationship(
        id=new_id(Kind.RELATIONSHIP, at=at),
        contact_point=line,
        principal="alder",
        kind="sale",
        product_category="boiler_cover",
        own_sale=True,
        collected_at=at,
        recorded_at=at,
    )
    house.parts.records.add(sale)
    house.clock.advance(minutes=1)


def _link(house: House, line: str, person: str = "P1") -> None:
    for place in (line, f"{line[:-4]}9{line[-3:]}"):
        house.parts.records._links.ensure(place, "alder", f"{person}{line[-4:]}", by="list", at=house.clock())


def _call(house: House, line: str) -> None:
    if not isinstance(house.screen(house.outgoing(line)), Screened):
        raise SystemExit("a call of the crowd was not screened")
    house.clock.advance(minutes=1)


def _outcome(house: House, line: str, outcome: Outcome) -> None:
    at = house.clock()
    call = CallMade(
        decision=new_id(Kind.DECISION, at=at),
        contact_point=line,
        principal="alder",
        campaign="C1",
        call_ref="CA1",
    )
    told = OutcomeTold(call=call, outcome=outcome, at=at, recorded_at=at, by="key_1")
    house.parts.conduct.keep_outcome(told)
    house.clock.advance(minutes=1)


def _report(house: House, line: str, kind: ReportKind) -> None:
    told = Report(
        id=new_id(Kind.HOLD if kind is ReportKind.REFUSAL else Kind.MARK, at=house.clock()),
        contact_point=line,
        principal="alder",
        kind=kind,
        person=f"P2{line[-4:]}" if kind is ReportKind.WRONG_PERSON else None,
        campaign="C9" if kind is ReportKind.REFUSAL else None,
        decision=None,
        by="a17",
        source="agent",
    )
    report(told, house.parts.line_reports, at=house.clock())
    house.clock.advance(minutes=1)
