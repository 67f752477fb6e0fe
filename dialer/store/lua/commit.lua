-- Purpose: the point of truth of a screening: keep its decision only if nothing changed since the read.
-- KEYS: 1 line, 2 attempts, 3 epoch, 4 live registers, 5 receipt, 6 ledger, 7 decision, 8 tally, 9 call,
--       10 permit, 11 the line's entries.
-- ARGV: 1 line's seq as read, 2 epoch as read, 3 ledger JSON, 4 tally field, 5 attempt (Unix ms, '' none),
--       6 attempt's member, 7 answer for the receipt ('' none), 8 '1' if that answer could dial,
--       9 now (Unix ms), 10 receipt kept (seconds), 11 decision id to remember for the call ('' none),
--       12 call kept (seconds), 13 permit's facts as JSON ('' none), 14 permit's end (Unix ms),
--       15 oldest attempt kept (Unix ms), 16 attempts kept at most, then name and version of each register.
-- Returns: {'DONE', stream id, seq}, {'CHANGED'} (nothing written) or {'SEEN', receipt flat} (nothing written).
-- Invariant: no allow without its ledger line, and none whose facts were no longer true.
if ARGV[7] ~= '' and redis.call('EXISTS', KEYS[5]) == 1 then
  return {'SEEN', redis.call('HGETALL', KEYS[5])}
end
local changed = (redis.call('HGET', KEYS[1], 'seq') or '0') ~= ARGV[1]
  or (redis.call('GET', KEYS[3]) or '0') ~= ARGV[2]
  or redis.call('HLEN', KEYS[4]) ~= (#ARGV - 16) / 2
for i = 17, #ARGV, 2 do
  changed = changed or redis.call('HGET', KEYS[4], ARGV[i]) ~= ARGV[i + 1]
end
if changed then
  return {'CHANGED'}
end
local seq = ARGV[1]
if ARGV[5] ~= '' then
  redis.call('ZADD', KEYS[2], ARGV[5], ARGV[6])
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[15])
  redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1 - tonumber(ARGV[16]))
  seq = tostring(redis.call('HINCRBY', KEYS[1], 'seq', 1))
end
local entry = redis.call('XADD', KEYS[6], '*', 'k', 'decision', 'd', ARGV[3])
redis.call('SET', KEYS[7], entry)
redis.call('LPUSH', KEYS[11], entry)
redis.call('LTRIM', KEYS[11], 0, 9999)
redis.call('HINCRBY', KEYS[8], ARGV[4], 1)
if ARGV[7] ~= '' then
  redis.call('HSET', KEYS[5], 'answer', ARGV[7], 'dials', ARGV[8], 'at', ARGV[9], 'seq', seq)
  redis.call('EXPIRE', KEYS[5], ARGV[10])
end
if ARGV[11] ~= '' then
  redis.call('SET', KEYS[9], ARGV[11], 'EX', ARGV[12])
end
if ARGV[13] ~= '' then
  redis.call('HSET', KEYS[10], 'facts', ARGV[13], 'seq', seq, 'ends', ARGV[14])
  redis.call('PEXPIRE', KEYS[10], math.max(1, ARGV[14] - ARGV[9]))
end
return {'DONE', entry, seq}
