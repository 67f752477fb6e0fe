"""Whatever happened on three lines before: one more link never allows more."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialer.consents.line_reports import ReportKind
from dialer.law.records import Reach, Scope
from dialer.screening.verdict import Answer
from dialer.store import keys
from tests.doubles.house import House
from tests.store.linking import LINES, link, say, verdict


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made


steps = st.lists(
    st.tuples(
        st.sampled_from(["no", "text", "one line", "deceased", "refusal", "wrong"]),
        st.sampled_from(LINES),
        st.sampled_from([None, "P1", "P2"]),
    ),
    max_size=4,
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps, before=st.sets(st.sampled_from(LINES)), line=st.sampled_from(LINES))
def test_linking_never_allows_more(
    house: House, steps: list[tuple[str, str, str | None]], before: set[str], line: str
) -> None:
    for name in LINES:
        house.parts.redis.delete(keys.line(name), keys.person("alder", "P1"), keys.person("alder", "P2"))
    for other in sorted(before):
        link(house, other)
    for what, where, person in steps:
        act(house, what, where, person)
    closed = [at for at in LINES if verdict(house, at).answer is not Answer.ALLOW]
    link(house, line)
    assert [at for at in closed if verdict(house, at).answer is Answer.ALLOW] == []


def act(house: House, what: str, line: str, person: str | None) -> None:
    match what:
        case "no":
            house.object(line, person=person)
        case "text":
            house.object(line, person=person, scope=Scope(reach=Reach.PRINCIPAL, channels="text"))
        case "one line":
            scope = Scope(reach=Reach.PRINCIPAL, channels="voice", this_line_only=True)
            house.object(line, person=person, scope=scope)
        case "deceased" | "refusal":
            say(house, line, ReportKind(what), person)
        case _:
            say(house, line, ReportKind.WRONG_PERSON, person)
