-- Purpose: keep what became of one call and count it for its line and its campaign, in one act.
-- KEYS: 1 events of the decision's call, 2 line, 3 the line's entries, 4 ledger, 5 the campaign's counted calls of
--       this kind, 6 tally, 7 and 8 those two of the outcome that gives way (anything if none does).
-- ARGV: 1 the outcome that gives way as it is written ('' none), 2 the outcome as an event (JSON), 3 the line's
--       field that it dates ('' none), 4 when it was (Unix ms), 5 ledger JSON, 6 decision, 7 '1' if it is counted
--       in a rate, 8 oldest call kept (Unix ms), 9 calls kept at most, 10 outcome kept (seconds),
--       11 now (Unix ms), 12 tally field, 13 tally field of the outcome that gives way, 14 the line's field that
--       that one dated ('' none), 15 when (Unix ms).
-- Returns: {'DONE', stream id}, or {'CHANGED'} if another outcome stands (nothing written).
-- Invariant: a call is counted once, as what stands for it; a dated field only moves forward, or to never (0)
--            where what it dates gives way, and bumps the line's seq.
local function date(field, at)
  redis.call('HSET', KEYS[2], field, at)
  local seq = redis.call('HINCRBY', KEYS[2], 'seq', 1)
  redis.call('HSET', KEYS[2], 'was:' .. field .. ':' .. seq, ARGV[11] .. ' ' .. at)
end
if (redis.call('HGET', KEYS[1], 'outcome') or '') ~= ARGV[1] then
  return {'CHANGED'}
end
if ARGV[1] ~= '' then
  redis.call('ZREM', KEYS[7], ARGV[6])
  redis.call('HINCRBY', KEYS[8], ARGV[13], -1)
end
if ARGV[14] ~= '' and redis.call('HGET', KEYS[2], ARGV[14]) == ARGV[15] then
  date(ARGV[14], '0')
end
redis.call('HSET', KEYS[1], 'outcome', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[10])
local entry = redis.call('XADD', KEYS[4], '*', 'k', 'outcome', 'd', ARGV[5])
if ARGV[3] ~= '' and tonumber(redis.call('HGET', KEYS[2], ARGV[3]) or '0') < tonumber(ARGV[4]) then
  date(ARGV[3], ARGV[4])
end
redis.call('LPUSH', KEYS[3], entry)
redis.call('LTRIM', KEYS[3], 0, 9999)
if ARGV[7] ~= '' then
  redis.call('ZADD', KEYS[5], ARGV[4], ARGV[6])
  redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', ARGV[8])
  redis.call('ZREMRANGEBYRANK', KEYS[5], 0, -1 - tonumber(ARGV[9]))
end
redis.call('HINCRBY', KEYS[6], ARGV[12], 1)
return {'DONE', entry}
