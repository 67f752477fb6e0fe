"""What the REST doors answer has Twilio's fields; and our table of them is Twilio's own."""

import json
from typing import Any

import pytest
from twilio.rest import Client

from tests.doubles.application import Application
from tests.doubles.standin import StandIn
from tests.sandbox.rest_fields import RESOURCES, assert_resource
from tests.sandbox.shared import shared_file

CALLEE, OURS = "+442079460123", "+442079460100"
RECORDED = f'<Response><Dial callerId="{OURS}" record="record-from-answer">{CALLEE}</Dial></Response>'
_TYPES = {"string": "text", "integer": "whole", "number": "number", "object": "map"}


@pytest.fixture(scope="module")
def openapi() -> dict[str, Any]:
    return json.loads(shared_file("twilio/twilio_api_v2010.json").read_text(encoding="utf-8"))


def kind_of(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """Say a schema's property in the table's words."""
    if "$ref" in schema:
        return "one of " + " ".join(schemas[schema["$ref"].rpartition("/")[2]]["enum"])
    null = "?" if schema.get("nullable") or "default" in schema else ""
    if "pattern" in schema:
        return "sid:" + schema["pattern"].removeprefix("^").removesuffix("[0-9a-fA-F]{32}$") + null
    if schema.get("format") == "date-time-rfc-2822":
        return f"time{null}"
    return _TYPES.get(schema.get("type", ""), "any") + null


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_our_table_of_fields_is_twilios(openapi: dict[str, Any], name: str) -> None:
    schemas = openapi["components"]["schemas"]

    theirs = {key: kind_of(schema, schemas) for key, schema in schemas[name]["properties"].items()}

    assert RESOURCES[name] == theirs


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/Calls.json", "post"),
        ("/Calls.json", "get"),
        ("/Calls/{Sid}.json", "post"),
        ("/Calls/{Sid}.json", "delete"),
        ("/Calls/{CallSid}/Recordings.json", "post"),
        ("/Calls/{CallSid}/Recordings/{Sid}.json", "post"),
        ("/Calls/{CallSid}/Transcriptions.json", "post"),
        ("/Recordings/{Sid}.json", "delete"),
        ("/Messages.json", "post"),
        ("/Messages/{Sid}.json", "post"),
    ],
)
def test_every_door_of_ours_is_one_of_twilios(openapi: dict[str, Any], path: str, method: str) -> None:
    assert method in openapi["paths"]["/2010-04-01/Accounts/{AccountSid}" + path]


def read(client: Client, path: str) -> dict[str, Any]:
    """Return the bare JSON, as no SDK has touched it."""
    uri = f"{client.api.base_url}/2010-04-01/Accounts/{client.account_sid}{path}"
    answer = client.request("GET", uri)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)


def test_the_account_is_shown_without_its_token(client: Client) -> None:
    account = read(client, ".json")

    assert_resource("api.v2010.account", account)
    assert account["auth_token"] is None


def test_calls_and_their_children_have_twilios_fields(
    standin: StandIn, application: Application, client: Client
) -> None:
    application.gives("/twilio/voice/outgoing", RECORDED)
    standin.story(standin.rings_in("client:a17", CALLEE))

    calls = read(client, "/Calls.json")["calls"]

    assert [call["direction"] for call in calls] == ["outbound-dial", "inbound"]
    for call in calls:
        assert_resource("api.v2010.account.call", call)


def test_recordings_have_twilios_fields_in_both_lists(
    standin: StandIn, application: Application, client: Client
) -> None:
    application.gives("/twilio/voice/outgoing", RECORDED)
    sid = standin.rings_in("client:a17", CALLEE)
    standin.story(sid)

    (of_account,) = read(client, "/Recordings.json")["recordings"]
    (of_call,) = read(client, f"/Calls/{sid}/Recordings.json")["recordings"]

    assert_resource("api.v2010.account.recording", of_account)
    assert_resource("api.v2010.account.call.call_recording", of_call)
    assert of_account["call_sid"] == of_call["call_sid"] == sid


def test_messages_have_twilios_fields(client: Client) -> None:
    client.messages.create(to=CALLEE, from_=OURS, body="Hello")

    (message,) = read(client, "/Messages.json")["messages"]

    assert_resource("api.v2010.account.message", message)


def test_a_live_transcription_has_twilios_fields(
    standin: StandIn, application: Application, client: Client
) -> None:
    application.gives("/twilio/voice/outgoing", '<Response><Say>Hello</Say><Pause length="500"/></Response>')
    sid = standin.rings_in("client:a17", CALLEE)
    standin.until_answered(sid)
    uri = f"{client.api.base_url}/2010-04-01/Accounts/{client.account_sid}/Calls/{sid}/Transcriptions.json"

    answer = client.request("POST", uri, data={"Name": "n"})

    assert_resource("api.v2010.account.call.realtime_transcription", json.loads(answer.text))


def test_a_page_describes_itself_as_twilios_do(openapi: dict[str, Any], client: Client) -> None:
    schema = openapi["paths"]["/2010-04-01/Accounts/{AccountSid}/Calls.json"]["get"]["responses"]["200"]
    theirs = schema["content"]["application/json"]["schema"]["properties"]

    assert set(read(client, "/Calls.json")) == set(theirs)
