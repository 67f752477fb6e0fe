-- Purpose: write one line of the ledger about one line, in one act.
-- KEYS: 1 ledger, 2 the line's entries.
-- ARGV: 1 kind, 2 ledger JSON.
-- Returns: the stream id.
-- Invariant: an entry is found by its line if and only if it is in the ledger.
local entry = redis.call('XADD', KEYS[1], '*', 'k', ARGV[1], 'd', ARGV[2])
redis.call('LPUSH', KEYS[2], entry)
redis.call('LTRIM', KEYS[2], 0, 9999)
return entry
