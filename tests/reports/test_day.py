"""One day at a glance, from its counts."""

from datetime import date

from dialer.people.roles import Sight
from dialer.reports.blocked_calls import Group
from dialer.reports.day import day_at_a_glance
from dialer.reports.tally import Tally, visible


def tally(verdict, reason, count, *, campaign="C1", agent="a17", principal="ORG_A"):
    day = date(2026, 11, 23)
    owners = {"campaign": campaign, "agent": agent, "principal": principal}
    return Tally(day=day, verdict=verdict, reason=reason, count=count, **owners)


def test_each_decision_is_counted_once_and_only_under_its_verdict():
    day = day_at_a_glance(
        [tally("allow", "A", 5), tally("block", "B", 3), tally("defer", "D", 2), tally("advisory", "B", 9)]
    )

    assert (day.screened, day.allowed, day.blocked, day.put_off, day.advisory) == (10, 5, 3, 2, 9)


def test_headings_stand_most_first_and_ties_by_name():
    blocked = [tally("block", "B", 1), tally("block", "A", 1), tally("block", "C", 4), tally("block", "C", 1)]

    day = day_at_a_glance(blocked)

    assert day.blocked_by_reason == (Group("C", 5), Group("A", 1), Group("B", 1))


def test_a_list_imported_from_elsewhere_was_not_heard_today():
    day = day_at_a_glance([tally("objection", "speech", 2), tally("objection", "import", 500)])

    assert day.opt_outs_heard == 2
    assert day.opt_outs == (Group("import", 500), Group("speech", 2))


def test_a_reader_of_one_principal_is_shown_no_count_without_a_principal():
    counts = [
        tally("block", "B", 1),
        tally("block", "B", 1, principal="ORG_B"),
        tally("block", "B", 1, principal=None),
    ]

    seen = visible(counts, Sight(principals=frozenset({"ORG_A"})))

    assert [each.principal for each in seen] == ["ORG_A"]
