"""The end of a stand-in: at once, whatever is under way; and who may call it at all."""

import http.client
import threading
import urllib.error
import urllib.request

import pytest

from dialer.clock import monotonic_seconds
from dialer.sandbox.server import serve
from dialer.sandbox.setup import Setup
from tests.doubles.application import Application, Given
from tests.doubles.standin import StandIn

CALLEE, OURS, INCOMING = "+442079460123", "+442079460100", "/twilio/voice/incoming"


def sandbox_threads() -> set[str]:
    return {thread.name for thread in threading.enumerate() if thread.name.startswith("sandbox-")}


@pytest.mark.parametrize(
    "answer",
    [
        Given(wait_seconds=20),
        Given('<Response><Say>x</Say><Pause length="9000"/></Response>'),
        Given(f'<Response><Dial callerId="{OURS}"><Number>+442079460124</Number></Dial></Response>'),
    ],
)
def test_nothing_under_way_holds_up_the_end(application: Application, answer: Given) -> None:
    application.gives(INCOMING, answer)
    sandbox = serve(Setup(public_url=application.url), environment={})
    StandIn(sandbox).rings_in(CALLEE, OURS, script=[{"stay": True}])
    application.wait_for(INCOMING)

    asked = monotonic_seconds()
    assert sandbox.close()
    assert monotonic_seconds() - asked < 3


def test_a_client_that_keeps_its_connection_leaves_no_thread(application: Application) -> None:
    before = sandbox_threads()
    sandbox = serve(Setup(public_url=application.url), environment={})
    line = http.client.HTTPConnection("127.0.0.1", sandbox.port, timeout=10)
    line.request("GET", "/sandbox/callees")
    assert line.getresponse().read()

    assert sandbox.close()

    line.close()
    assert sandbox_threads() <= before


@pytest.mark.parametrize(
    "headers", [{"Host": "stand-in.example"}, {"Origin": "https://stranger.example"}, {"Origin": "null"}]
)
def test_pages_of_other_sites_may_not_place_calls(standin: StandIn, headers: dict[str, str]) -> None:
    request = urllib.request.Request(standin.url + "/sandbox/reset", data=b"{}", headers=headers)

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)

    with refused.value:
        assert refused.value.code == 403
