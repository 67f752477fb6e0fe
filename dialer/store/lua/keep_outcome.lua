-- Purpose: keep what became of one call, once, and count it for its line and its campaign, in one act.
-- KEYS: 1 events of the decision's call, 2 line, 3 the line's entries, 4 ledger, 5 the campaign's counted calls of
--       this kind, 6 tally.
-- ARGV: 1 the outcome as an event (JSON), 2 the line's field that it dates ('' none), 3 when it was (Unix ms), 4 ledger JSON,
--       5 decision ('' is not counted in a rate), 6 oldest call kept (Unix ms), 7 calls kept at most,
--       8 outcome kept (seconds), 9 now (Unix ms),
--       10 tally field.
-- Returns: {'DONE', stream id}, or {'SEEN', event} if one was told before (nothing written).
-- Invariant: no call is counted twice; a dated field only moves forward, and bumps the line's seq.
local before = redis.call('HGET', KEYS[1], 'outcome')
if before then
  return {'SEEN', before}
end
redis.call('HSET', KEYS[1], 'outcome', ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[8])
local entry = redis.call('XADD', KEYS[4], '*', 'k', 'outcome', 'd', ARGV[4])
if ARGV[2] ~= '' and tonumber(redis.call('HGET', KEYS[2], ARGV[2]) or '0') < tonumber(ARGV[3]) then
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
  local seq = redis.call('HINCRBY', KEYS[2], 'seq', 1)
  redis.call('HSET', KEYS[2], 'was:' .. ARGV[2] .. ':' .. seq, ARGV[9] .. ' ' .. ARGV[3])
end
redis.call('LPUSH', KEYS[3], entry)
redis.call('LTRIM', KEYS[3], 0, 9999)
if ARGV[5] ~= '' then
  redis.call('ZADD', KEYS[5], ARGV[3], ARGV[5])
  redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', ARGV[6])
  redis.call('ZREMRANGEBYRANK', KEYS[5], 0, -1 - tonumber(ARGV[7]))
end
redis.call('HINCRBY', KEYS[6], ARGV[10], 1)
return {'DONE', entry}
