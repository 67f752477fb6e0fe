"""Twilio's library for Node on both sides of us: checks the stand-in, signs to us, writes what we write."""

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dialer.sandbox.account import DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN
from dialer.telephony import script, twiml
from tests.doubles.centre import Centre, running_centre
from tests.doubles.house import NUMBER
from tests.doubles.standin import running_standin
from tests.interop.strangers.node import Stranger, running
from tests.servers import wait_for

pytestmark = [pytest.mark.interop, pytest.mark.timeout(240)]

ADDRESSES = twiml.Addresses(public_url="https://dnc.example.co.uk")
BRIDGE = twiml.Bridge(
    number=NUMBER,
    caller_id="+442079460100",
    decision="dec_01",
    hears="live",
    records=True,
    detects_machines=True,
)
ODD_WORDS = "Zoë & Sons <Ltd> said “no” – 100% 'sure'"


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Iterator[Centre]:
    with running_centre(redis_url, tmp_path) as made:
        yield made


def test_twilio_node_accepts_every_webhook_of_the_stand_in_and_its_twiml_is_walked() -> None:
    expected = {"/twilio/voice/outgoing", "/whisper", "/heard", "/status", "/dialled"}
    with running("application", DEMO_AUTH_TOKEN) as application:
        url = f"http://127.0.0.1:{application.says()['port']}"
        with running_standin(url) as standin:
            standin.scripts(NUMBER, {"say": "please stop ringing me"})
            story = standin.story(standin.rings_in("client:a17", NUMBER, params={"who": "Zoë & Co"}))
        wait_for(lambda: expected <= paths(application), what="the webhooks of a whole call")
        asked = application.seen[1:]
    assert [leg["to"] for leg in story["legs"]][1:] == [NUMBER]
    assert all(each["valid"] for each in asked)
    (heard,) = [each for each in asked if each["path"] == "/heard"]
    assert (heard["query"], heard["form"]["SpeechResult"]) == ("?n=1", "please stop ringing me")


def test_twilio_node_with_another_token_refuses_and_nobody_is_dialled() -> None:
    with running("application", "another-token") as application:
        url = f"http://127.0.0.1:{application.says()['port']}"
        with running_standin(url) as standin:
            story = standin.story(standin.rings_in("client:a17", NUMBER))
        asked = [application.says()]
    assert asked and not any(each["valid"] for each in asked)
    assert [leg["to"] for leg in story["legs"]][1:] == []


@pytest.mark.parametrize(("token", "status"), [(DEMO_AUTH_TOKEN, 200), ("another-token", 403)])
def test_what_twilio_node_signs_is_let_in_and_nothing_else(centre: Centre, token: str, status: int) -> None:
    form = {"AccountSid": DEMO_ACCOUNT_SID, "CallSid": "CA1", "From": "client:a17", "To": NUMBER}
    odd = {"rf_campaign": "C1", "note": ODD_WORDS, "Called": ""}
    url = f"{centre.url}/twilio/voice/outgoing?campaign=C1"
    with running("sender") as sender:
        answer = sender.told({"token": token, "url": url, "form": form | odd})
    assert answer["status"] == status
    assert ("<Dial" in answer["text"]) == (status == 200)


@pytest.mark.parametrize(
    "reply",
    [
        twiml.bridge(BRIDGE, ADDRESSES),
        twiml.bridge(replace(BRIDGE, hears="keypad", records=False), ADDRESSES),
        twiml.ask(ODD_WORDS, action=ADDRESSES.to("voice/opt-out", decision="dec_01", n=1), then_hang_up=True),
        twiml.refuse(script.refusal(ODD_WORDS)),
        twiml.nothing(),
    ],
)
def test_twilio_node_writes_the_same_twiml_verb_by_verb(reply: str) -> None:
    with running("writer") as writer:
        written = writer.told(tree_of(ElementTree.fromstring(reply)))
    assert "error" not in written
    assert ElementTree.canonicalize(written["twiml"]) == ElementTree.canonicalize(reply)


def test_the_writer_says_which_verb_twilio_has_not() -> None:
    reply = ElementTree.fromstring("<Response><Say><Dial/></Say></Response>")
    with running("writer") as writer:
        assert writer.told(tree_of(reply)) == {"error": "twilio-node has no <Dial> there"}


def test_a_click_from_javascript_rings_the_agent_and_then_the_callee(centre: Centre) -> None:
    seen = clicked(centre)
    assert (seen["status"], seen["told"]["decision"]["verdict"]) == (201, "allow")
    assert (seen["call"]["to"], seen["call"]["status"]) == ("client:a17", "completed")
    assert [(leg["to"], leg["status"]) for leg in seen["children"]] == [(NUMBER, "completed")]
    assert seen["missing"] == {"status": 404, "code": 20404}


def test_a_click_after_a_no_is_refused_and_rings_nobody(centre: Centre) -> None:
    centre.house.object()
    seen = clicked(centre)
    assert (seen["status"], seen["told"]["status"], seen["call"]) == (200, "refused", None)
    assert centre.legs() == []


def paths(application: Stranger) -> set[str]:
    """Return what the application has been asked so far."""
    return {each["path"] for each in application.all_so_far()[1:]}


def tree_of(element: ElementTree.Element) -> Any:
    """Return a document as the writer takes it: names, attributes, and children that are trees or text."""
    text = [element.text] if element.text else []
    children = [*text, *map(tree_of, element)]
    return {"name": element.tag, "attributes": element.attrib, "children": children}


def clicked(centre: Centre) -> Any:
    """Let the dialer in JavaScript click once; return what it saw."""
    order = {
        "house": centre.url,
        "key": centre.house.key,
        "click": {"agent": "a17", "to": "020 7946 0123", "campaign": "C1"},
        "rest": centre.standin.url,
        "sid": DEMO_ACCOUNT_SID,
        "token": DEMO_AUTH_TOKEN,
    }
    with running("dialer", json.dumps(order)) as dialer:
        return dialer.says()
