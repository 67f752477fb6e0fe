-- Purpose: spend a permit once, and count the attempt it stands for, in one act.
-- KEYS: 1 permit, 2 line, 3 attempts, 4 ledger, 5 call, 6 the line's entries.
-- ARGV: 1 now (Unix ms), 2 attempt's member, 3 ledger JSON, 4 decision id, 5 call kept (seconds),
--       6 oldest attempt kept (Unix ms), 7 attempts kept at most.
-- Returns: {'DONE', stream id}, or {'DEAD'} if it is spent, over, or the line has changed (it is then gone).
-- Invariant: no permit is spent twice, and none after an objection to its line.
local seq = redis.call('HGET', KEYS[1], 'seq')
if not seq then
  return {'DEAD'}
end
redis.call('DEL', KEYS[1])
if (redis.call('HGET', KEYS[2], 'seq') or '0') ~= seq then
  return {'DEAD'}
end
redis.call('ZADD', KEYS[3], ARGV[1], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[6])
redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -1 - tonumber(ARGV[7]))
redis.call('HINCRBY', KEYS[2], 'seq', 1)
redis.call('SET', KEYS[5], ARGV[4], 'EX', ARGV[5])
local entry = redis.call('XADD', KEYS[4], '*', 'k', 'attempt', 'd', ARGV[3])
redis.call('LPUSH', KEYS[6], entry)
redis.call('LTRIM', KEYS[6], 0, 9999)
return {'DONE', entry}
