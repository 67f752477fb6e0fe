-- Purpose: hold lines for a possible no and queue its review, or release them and settle it, in one act.
-- KEYS: 1 ledger, 2 review, 3 open reviews, 4 reviews by when they come into force, 5 settled reviews, then per
--       line: line, its entries.
-- ARGV: 1 now (Unix ms), 2 kind for the ledger, 3 ledger JSON, 4 review id, 5 its JSON as read ('' it is new), 6 its
--       JSON as it becomes, 7 when it comes into force (Unix ms), 8 its place among the settled ('' it opens),
--       9 field of each line that is added, 10 its value, then per line: seq as read ('' any).
-- Returns: {'DONE', stream id}, {'SEEN'} (opened before) or {'CHANGED'} (nothing written for both).
-- Invariant: a line is held as long as its review is open; a review is settled once, on the lines as they are
--            now: no no came in between.
local before = redis.call('GET', KEYS[2])
if ARGV[5] == '' and before then
  return {'SEEN'}
end
if ARGV[5] ~= '' and before ~= ARGV[5] then
  return {'CHANGED'}
end
local lines = (#KEYS - 5) / 2
for i = 1, lines do
  local seq = ARGV[10 + i]
  if seq ~= '' and (redis.call('HGET', KEYS[4 + 2 * i], 'seq') or '0') ~= seq then
    return {'CHANGED'}
  end
end
redis.call('SET', KEYS[2], ARGV[6])
if ARGV[8] == '' then
  redis.call('ZADD', KEYS[3], 0, ARGV[4])
  redis.call('ZADD', KEYS[4], ARGV[7], ARGV[4])
else
  redis.call('ZREM', KEYS[3], ARGV[4])
  redis.call('ZREM', KEYS[4], ARGV[4])
  redis.call('ZADD', KEYS[5], 0, ARGV[8])
end
local entry = redis.call('XADD', KEYS[1], '*', 'k', ARGV[2], 'd', ARGV[3])
for i = 1, lines do
  local line, entries = KEYS[4 + 2 * i], KEYS[5 + 2 * i]
  local seq = redis.call('HINCRBY', line, 'seq', 1)
  redis.call('HINCRBY', line, 'amended', 1)
  -- What reaches a line later than it was recorded was not known of it before: `{Unix ms} ` says when.
  if redis.call('HSETNX', line, ARGV[9], ARGV[10]) == 1 then
    redis.call('HSET', line, 'was:' .. ARGV[9] .. ':' .. seq, ARGV[1] .. ' ')
  end
  redis.call('LPUSH', entries, entry)
  redis.call('LTRIM', entries, 0, 9999)
end
return {'DONE', entry}
