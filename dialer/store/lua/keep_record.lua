-- Purpose: add one record to a line, with its ledger line, in one act; a record is never overwritten.
-- KEYS: 1 line, 2 ledger, 3 the person's lines ('' person: a key that is never read), 4 the line's entries.
-- ARGV: 1 field (`con:{id}` …), 2 the record's JSON, 3 kind for the ledger, 4 ledger JSON,
--       5 contact point to link to the person ('' none), 6 lines a person may have at most.
-- Returns: {'DONE', stream id}, {'SEEN', JSON kept before} or {'FULL'} (nothing written for both).
-- Invariant: whatever is read of a line has its line in the ledger, and bumps the line's seq.
local before = redis.call('HGET', KEYS[1], ARGV[1])
if before then
  return {'SEEN', before}
end
if ARGV[5] ~= '' and redis.call('SISMEMBER', KEYS[3], ARGV[5]) == 0 then
  if redis.call('SCARD', KEYS[3]) >= tonumber(ARGV[6]) then
    return {'FULL'}
  end
  redis.call('SADD', KEYS[3], ARGV[5])
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HINCRBY', KEYS[1], 'seq', 1)
local entry = redis.call('XADD', KEYS[2], '*', 'k', ARGV[3], 'd', ARGV[4])
redis.call('LPUSH', KEYS[4], entry)
redis.call('LTRIM', KEYS[4], 0, 9999)
return {'DONE', entry}
