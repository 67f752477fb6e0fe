"""Whether one no is as wide as another; where in doubt, it is not."""

import pytest

from dialer.law.records import Objection, Reach, Scope
from dialer.objections.reach import is_as_wide, settles

ALL = Scope(reach=Reach.PRINCIPAL, channels="all")
VOICE = Scope(reach=Reach.PRINCIPAL, channels="voice")
TEXT = Scope(reach=Reach.PRINCIPAL, channels="text")
CALLS = Scope(reach=Reach.PRINCIPAL, channels=("calls",))
SOLAR = Scope(reach=Reach.CAMPAIGN, campaign="C1", channels="voice")
LINE = Scope(reach=Reach.PRINCIPAL, channels="voice", this_line_only=True)
GROUP = Scope(reach=Reach.GROUP, channels="all")


@pytest.mark.parametrize(
    ("scope", "than"),
    [(ALL, VOICE), (ALL, TEXT), (VOICE, CALLS), (CALLS, VOICE), (VOICE, SOLAR), (VOICE, LINE), (GROUP, ALL)]
    + [(scope, scope) for scope in (ALL, VOICE, SOLAR, LINE, GROUP)]
    + [(Scope(), ALL)],
)
def test_it_is_as_wide(scope: Scope, than: Scope) -> None:
    assert is_as_wide(scope, than)


@pytest.mark.parametrize(
    ("scope", "than"),
    [
        (VOICE, ALL),
        (TEXT, VOICE),
        (SOLAR, VOICE),
        (SOLAR, Scope(reach=Reach.CAMPAIGN, campaign="C2", channels="voice")),
        (LINE, VOICE),
        (ALL, GROUP),
        (Scope(reach=Reach.OPERATOR, channels="all"), VOICE),
        (VOICE, Scope()),
    ],
)
def test_it_is_not_as_wide(scope: Scope, than: Scope) -> None:
    assert not is_as_wide(scope, than)


def test_only_an_objection_that_stands_on_the_line_for_the_principal_settles() -> None:
    no = Objection(contact_point="+442079460123", principal="alder", scope=ALL)
    assert settles(no, contact_point="+442079460123", principal="alder", scope=VOICE)
    assert not settles(no, contact_point="+442079460124", principal="alder", scope=VOICE)
    assert not settles(no, contact_point="+442079460123", principal="birch", scope=VOICE)
