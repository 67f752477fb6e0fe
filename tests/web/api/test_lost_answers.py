"""A request whose answer was lost is sent again with its key: one thing is made, and it is told again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dialer.people.roles import Role
from dialer.store import keys
from dialer.web import make_app
from dialer.wiring import wire
from tests.doubles.house import House, settings_for
from tests.lines import Line
from tests.servers import RunningServer
from tests.web.api.bodies import BODIES
from tests.web.api.centre import Centre
from tests.web.api.conftest import Caller

Lossy = Callable[[Role], tuple[Centre, Caller]]
MOST_STEPS = 60
MADE = {
    "/v1/objections": "post_objection",
    "/v1/consents": "post_consent",
    "/v1/solicitations": "post_solicitation",
    "/v1/relationships": "post_relationship",
}


@pytest.fixture
def lossy(
    shared_server: RunningServer, line: Line, tmp_path: Path
) -> Callable[[Role], tuple[Centre, Caller]]:
    """Return an emptied centre, and somebody who reaches it over a line that can be cut."""

    def make(role: Role) -> tuple[Centre, Caller]:
        line.answers_until_cut = None
        House(shared_server.url, tmp_path).parts.redis.flushall()
        centre = Centre(House(shared_server.url, tmp_path))
        near = centre.caller(role, agent="a17")
        far = wire(settings_for(line.url, tmp_path), clock=centre.house.clock)
        far.configuration.refresh()
        return centre, Caller(make_app(far.settings, parts=far).test_client(), near.token)

    return make


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT])
@pytest.mark.parametrize("path", MADE)
def test_one_thing_is_made_whichever_answer_was_lost(lossy: Lossy, line: Line, path: str, role: Role) -> None:
    body = BODIES[MADE[path]] | {"principal": "alder"}
    losses = 0
    for answers in range(MOST_STEPS):
        centre, far = lossy(role)
        line.answers_until_cut = answers
        first = far.post(path, body, Idempotency_Key="k1")
        line.answers_until_cut = None
        line.cut()
        far.get("/v1/lists")
        if first.status_code < 500:
            break
        losses += 1
        again = far.post(path, body, Idempotency_Key="k1")
        if again.status_code == 409:
            assert again.json["code"] == "still_under_way"
            unlocked(centre)
            again = far.post(path, body, Idempotency_Key="k1")
        assert again.status_code == 201, again.get_data(as_text=True)
        assert len(centre.house.parts.redis.xrange(keys.LEDGER)) == 1, answers
        assert again.json.get("review") == waiting_review(centre)
    assert 0 < losses < MOST_STEPS


def unlocked(centre: Centre) -> None:
    """The lock of a request that never ended goes after a minute; the time is made to pass."""
    redis = centre.house.parts.redis
    for name in list(redis.scan_iter("rf:idempotency:*")):
        redis.delete(name)


def waiting_review(centre: Centre) -> str | None:
    page = centre.house.parts.reviews.open_page(lambda _: True, after=None, at_most=2)
    return page.reviews[0].id if page.reviews else None
