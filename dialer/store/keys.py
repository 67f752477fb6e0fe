"""Every key name in Redis, and nothing else; `docs/redis-keys.md` is compared with this file by a test.

All names start with `rf:`. Hot numbers stand in key names in plain E.164, because the registers hold them
anyway. Lua scripts never build a name: each one they touch is handed to them from here.
"""

from datetime import date

from dialer.store.recording_keys import *  # noqa: F403 - one list for every reader, three files to read
from dialer.store.register_keys import *  # noqa: F403

PREFIX = "rf:"

EPOCH = "rf:epoch"
ORGANISATIONS = "rf:organisations"
CAMPAIGNS = "rf:campaigns"
AGENTS = "rf:agents"
API_KEYS = "rf:api-keys"
USERS = "rf:users"
DESTINATIONS = "rf:destinations"
POLICY = "rf:policy"
CONFIGURATION_HISTORY = "rf:configuration:history"

STAMP = "rf:stamp"
WRAP_UP_CODES = "rf:wrap-up-codes"
LISTS = "rf:lists"
LEDGER = "rf:ledger"
NOTICES_BY_STATE = "rf:notices:by-state"
CALL_ORDERS = "rf:call-orders"
CALL_ORDERS_SINCE = "rf:call-orders:since"
REVIEWS_OPEN = "rf:reviews:open"
REVIEWS_DUE = "rf:reviews:due"
REVIEWS_SETTLED = "rf:reviews:settled"
REFERENCES = "rf:references"
REFERENCES_GIVEN = "rf:references:given"
REGISTERS_LIVE = "rf:registers:live"
LEADER = "rf:leader"
PROBE = "rf:probe"
SCRUBS = "rf:scrubs"
SCRUBS_OPEN = "rf:scrubs:open"
SCRUBS_TURN = "rf:scrubs:turn"
SCRUBS_FENCE = "rf:scrubs:turn:fence"
SEQ = "seq"
LEADER_FENCE = "rf:leader:fence"


def line(contact_point: str) -> str:
    """HASH: everything held about one line or address: `seq`, then one field a record (`obj:{id}` …).

    `wsh:{register}` is a look-up provider's last answer; the ones before it stand in its history.
    """
    return f"rf:line:{contact_point}"


def line_name(name: str) -> str:
    """STRING: the contact point that `ln_…` stands for, so that no number stands in a URL."""
    return f"rf:line-name:{name}"


def line_entries(contact_point: str) -> str:
    """LIST: ids of the ledger entries about one line, newest first; at most ten thousand."""
    return f"rf:line-entries:{contact_point}"


def attempts(contact_point: str) -> str:
    """ZSET: attempts of all principals to one line, scored by milliseconds; at most 256, eight days."""
    return f"rf:attempts:{contact_point}"


def person(principal: str, person_id: str) -> str:
    """SET: the contact points of one person under one principal; at most 50."""
    return f"rf:person:{principal}:{person_id}"


def company(principal: str, company_id: str) -> str:
    """SET: the contact points ever known as one company's under one principal; at most 500."""
    return f"rf:company:{principal}:{company_id}"


def campaign_calls(campaign_id: str, outcome: str) -> str:
    """ZSET: decisions whose calls ended so, scored by milliseconds; two days, at most 200,000."""
    return f"rf:campaign-calls:{campaign_id}:{outcome}"


def scrub(scrub_id: str) -> str:
    """HASH: one list that is or was scrubbed: what was asked, and how it stands, as JSON."""
    return f"rf:scrub:{scrub_id}"


def decision(decision_id: str) -> str:
    """STRING: the ledger stream's id of one decision."""
    return f"rf:decision:{decision_id}"


def call(call_ref: str) -> str:
    """STRING: the decision a call reference belongs to, for 30 days."""
    return f"rf:call:{call_ref}"


def call_events(decision_id: str) -> str:
    """HASH with a time-out: status events of one decision's call, by the digest of each request."""
    return f"rf:call-events:{decision_id}"


def tally(day: date) -> str:
    """HASH: `verdict|reason|campaign|agent|principal` → count, for one civil day in London."""
    return f"rf:tally:{day.isoformat()}"


def permit(digest: str) -> str:
    """HASH with a time-out: one permit, by the SHA-256 of its token."""
    return f"rf:permit:{digest}"


def receipt(digest: str) -> str:
    """STRING with a time-out: the answer one webhook got, by the SHA-256 of its signed string."""
    return f"rf:receipt:{digest}"


def idempotency(key_id: str, digest: str) -> str:
    """STRING with a time-out: the answer one idempotent POST got, by caller and key."""
    return f"rf:idempotency:{key_id}:{digest}"


def objection(objection_id: str) -> str:
    """STRING: JSON of one objection with its reference, lines and notices."""
    return f"rf:objection:{objection_id}"


def review(review_id: str) -> str:
    """STRING: JSON of one thing that waits or waited for a second person."""
    return f"rf:review:{review_id}"


def prompts(call: str) -> str:
    """HASH with a time-out: what one call's agent should ask or know, by kind, and since when; no words."""
    return f"rf:prompts:{call}"


def notice(notice_id: str) -> str:
    """HASH: one notice to one destination: body, state, attempts, due, last answer."""
    return f"rf:notice:{notice_id}"


def due(destination_id: str) -> str:
    """ZSET: notices waiting for one destination, scored by the millisecond they are due."""
    return f"rf:due:{destination_id}"


def destination_lease(destination_id: str) -> str:
    """STRING with a time-out: the fencing number of the worker draining this destination."""
    return f"rf:lease:{destination_id}"


def destination_fence(destination_id: str) -> str:
    """STRING: the last fencing number given out for this destination; it only grows."""
    return f"rf:fence:{destination_id}"


def destination_line(destination_id: str, contact_point: str) -> str:
    """ZSET: the notices of one line that failed or wait here, by id; the earliest is told first."""
    return f"rf:waiting:{destination_id}:{contact_point}"


def destination_rest(destination_id: str) -> str:
    """STRING: until which Unix millisecond this destination is left alone."""
    return f"rf:rest:{destination_id}"


def destination_rung(destination_id: str) -> str:
    """STRING with a time-out: a worker was rung for this destination and has not come yet."""
    return f"rf:rung:{destination_id}"


def heartbeat(part: str) -> str:
    """STRING with a time-out: the Unix millisecond at which a worker or the timetable last said it lives."""
    return f"rf:heartbeat:{part}"


def session(digest: str) -> str:
    """STRING with a time-out: one console log-in, by the SHA-256 of its cookie."""
    return f"rf:session:{digest}"


def failed_logins(name: str) -> str:
    """STRING with a time-out: how often this name failed to log in lately."""
    return f"rf:failed-logins:{name}"


def stop_forms(sender: str, hour: int) -> str:
    """STRING with a time-out: how many forms of the public page one sender, or `all`, sent in one hour."""
    return f"rf:stop-forms:{sender}:{hour}"
