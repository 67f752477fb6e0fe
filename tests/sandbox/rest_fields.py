"""The fields of Twilio's resources and what each may hold: our own table, checked against Twilio's OpenAPI.

A kind ends in `?` where null is allowed. `sid:XX` is an identifier of that prefix, `time` an RFC 2822
instant, `one of` a list of words.
"""

import re
from email.utils import parsedate_to_datetime
from typing import Any

_SIDS = {"account_sid": "sid:AC?", "call_sid": "sid:CA?", "conference_sid": "sid:CF?"}
_TIMES = {"date_created": "time?", "date_updated": "time?"}
_CALL_STATUSES = "queued ringing in-progress completed busy failed no-answer canceled"
_RECORDING_STATUSES = "in-progress paused stopped processing completed absent"
_SOURCES = (
    "DialVerb Conference OutboundAPI Trunking RecordVerb StartCallRecordingAPI StartConferenceRecordingAPI"
)
_MESSAGE_STATUSES = (
    "queued sending sent failed delivered undelivered receiving received accepted scheduled read "
    "partially_delivered canceled"
)
_RECORDING = {
    **_SIDS,
    **_TIMES,
    "sid": "sid:RE?",
    "api_version": "text?",
    "start_time": "time?",
    "duration": "text?",
    "price_unit": "text?",
    "channels": "whole?",
    "source": f"one of {_SOURCES}",
    "error_code": "whole?",
    "uri": "text?",
    "encryption_details": "any?",
}
RESOURCES: dict[str, dict[str, str]] = {
    "api.v2010.account": {
        **_TIMES,
        "auth_token": "text?",
        "friendly_name": "text?",
        "owner_account_sid": "sid:AC?",
        "sid": "sid:AC?",
        "status": "one of active suspended closed",
        "subresource_uris": "map?",
        "type": "one of Trial Full",
        "uri": "text?",
    },
    "api.v2010.account.call": {
        **_TIMES,
        "sid": "sid:CA?",
        "parent_call_sid": "sid:CA?",
        "account_sid": "sid:AC?",
        "phone_number_sid": "sid:PN?",
        "group_sid": "sid:GP?",
        "trunk_sid": "sid:TK?",
        "status": f"one of {_CALL_STATUSES}",
        "start_time": "time?",
        "end_time": "time?",
        "subresource_uris": "map?",
        **dict.fromkeys(
            [
                "to",
                "to_formatted",
                "from",
                "from_formatted",
                "duration",
                "price",
                "price_unit",
                "direction",
                "answered_by",
                "api_version",
                "forwarded_from",
                "caller_name",
                "queue_time",
                "uri",
            ],
            "text?",
        ),
    },
    "api.v2010.account.message": {
        **_TIMES,
        "date_sent": "time?",
        "sid": "sid:(SM|MM)?",
        "account_sid": "sid:AC?",
        "messaging_service_sid": "sid:MG?",
        "status": f"one of {_MESSAGE_STATUSES}",
        "direction": "one of inbound outbound-api outbound-call outbound-reply",
        "error_code": "whole?",
        "subresource_uris": "map?",
        **dict.fromkeys(
            [
                "body",
                "num_segments",
                "from",
                "to",
                "price",
                "error_message",
                "uri",
                "num_media",
                "price_unit",
                "api_version",
            ],
            "text?",
        ),
    },
    "api.v2010.account.recording": {
        **_RECORDING,
        "price": "text?",
        "status": f"one of {_RECORDING_STATUSES} deleted",
        "subresource_uris": "map?",
        "media_url": "text?",
    },
    "api.v2010.account.call.call_recording": {
        **_RECORDING,
        "price": "number?",
        "status": f"one of {_RECORDING_STATUSES}",
        "track": "text?",
    },
    "api.v2010.account.call.realtime_transcription": {
        "sid": "sid:GT?",
        "account_sid": "sid:AC?",
        "call_sid": "sid:CA?",
        "name": "text?",
        "status": "one of in-progress stopped",
        "date_updated": "time?",
        "uri": "text?",
    },
}


def assert_resource(name: str, value: dict[str, Any]) -> None:
    """Fail unless `value` has exactly the resource's fields, each of its kind."""
    kinds = RESOURCES[name]
    assert set(value) == set(kinds)
    for key, kind in kinds.items():
        assert fits(kind, value[key]), f"{name}.{key}: {value[key]!r} is not {kind}"


def fits(kind: str, value: object) -> bool:
    """Tell whether a value is of a kind."""
    if kind.endswith("?") and value is None:
        return True
    kind = kind.removesuffix("?")
    if kind.startswith("one of "):
        return value in kind.split()[2:]
    if kind.startswith("sid:"):
        return isinstance(value, str) and re.fullmatch(kind[4:] + "[0-9a-f]{32}", value) is not None
    if kind == "time":
        return isinstance(value, str) and parsedate_to_datetime(value).tzinfo is not None
    types: dict[str, type | tuple[type, ...]] = {
        "text": str, "whole": int, "number": (int, float), "map": dict, "any": object,
    }  # fmt: skip
    return isinstance(value, types[kind])
