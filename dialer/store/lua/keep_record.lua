-- Purpose: add one record to a line, with its ledger line, in one act; a record is never overwritten.
-- KEYS: 1 line, 2 ledger, 3 the line's entries.
-- ARGV: 1 field (`con:{id}` …), 2 the record's JSON, 3 kind for the ledger, 4 ledger JSON.
-- Returns: {'DONE', stream id}, {'SEEN', JSON kept before} (nothing written).
-- Invariant: whatever is read of a line has its line in the ledger, and bumps the line's seq.
local before = redis.call('HGET', KEYS[1], ARGV[1])
if before then
  return {'SEEN', before}
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HINCRBY', KEYS[1], 'seq', 1)
local entry = redis.call('XADD', KEYS[2], '*', 'k', ARGV[3], 'd', ARGV[4])
redis.call('LPUSH', KEYS[3], entry)
redis.call('LTRIM', KEYS[3], 0, 9999)
return {'DONE', entry}
