-- Purpose: add one record to a line, in force or waiting for a second person, with its ledger line, in one act.
-- KEYS: 1 line, 2 ledger, 3 the line's entries, 4 review, 5 open reviews (4 and 5 are written only for ARGV[6]).
-- ARGV: 1 field (`con:{id}`, `pro:con:{id}` …), 2 the record's JSON, 3 kind for the ledger, 4 ledger JSON,
--       5 the line's seq as read, 6 review id ('' none: the record counts at once), 7 the review's JSON.
-- Returns: {'DONE', stream id} or {'CHANGED'} (nothing written).
-- Invariant: whether a no stands in its way was decided on the line as it is now; whatever is read of a line
--            has its line in the ledger, and bumps the line's seq.
if (redis.call('HGET', KEYS[1], 'seq') or '0') ~= ARGV[5] then
  return {'CHANGED'}
end
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
redis.call('HINCRBY', KEYS[1], 'seq', 1)
if ARGV[6] ~= '' then
  redis.call('SET', KEYS[4], ARGV[7])
  redis.call('ZADD', KEYS[5], 0, ARGV[6])
end
local entry = redis.call('XADD', KEYS[2], '*', 'k', ARGV[3], 'd', ARGV[4])
redis.call('LPUSH', KEYS[3], entry)
redis.call('LTRIM', KEYS[3], 0, 9999)
return {'DONE', entry}
