-- Purpose: the point of truth of a screening: keep its decision only if nothing changed since the read.
-- KEYS: 1 line, 2 attempts, 3 epoch, 4 live registers, 5 receipt, 6 ledger, 7 decision, 8 tally, 9 call,
--       10 permit to mint, 11 the line's entries, 12 permit to spend.
-- ARGV: 1 line's seq as read, 2 epoch as read, 3 ledger JSON, 4 tally field, 5 attempt (Unix ms, '' none),
--       6 attempt's member, 7 answer for the receipt ('' none), 8 '1' if that answer could dial,
--       9 now (Unix ms), 10 receipt kept (seconds), 11 decision id to remember for the call ('' none),
--       12 call kept (seconds), 13 permit's facts as JSON ('' none), 14 permit's end (Unix ms),
--       15 oldest attempt kept (Unix ms), 16 attempts kept at most, 17 what it is bound to, 18 its key's
--       digest, 19 what the permit to spend must be bound to ('' none is spent), 20 its key's digest ('' any),
--       then name and version of each register.
-- Returns: {'DONE', stream id, seq}, or, nothing written: {'CHANGED'}, {'SEEN', receipt flat}, or {'DEAD'}:
--          the permit to spend is spent, over, bound to something else, or older than the line.
-- Invariant: no allow without its ledger line, none whose facts were no longer true, no permit spent twice.
if ARGV[7] ~= '' and redis.call('EXISTS', KEYS[5]) == 1 then
  return {'SEEN', redis.call('HGETALL', KEYS[5])}
end
local changed = (redis.call('HGET', KEYS[1], 'seq') or '0') ~= ARGV[1]
  or (redis.call('GET', KEYS[3]) or '0') ~= ARGV[2]
  or redis.call('HLEN', KEYS[4]) ~= (#ARGV - 20) / 2
for i = 21, #ARGV, 2 do
  changed = changed or redis.call('HGET', KEYS[4], ARGV[i]) ~= ARGV[i + 1]
end
if changed then
  return {'CHANGED'}
end
if ARGV[19] ~= '' then
  local held = redis.call('HMGET', KEYS[12], 'bound', 'seq', 'ends', 'key')
  if held[1] ~= ARGV[19] or held[2] ~= ARGV[1] or tonumber(held[3]) <= tonumber(ARGV[9])
    or (ARGV[20] ~= '' and held[4] ~= ARGV[20]) then
    return {'DEAD'}
  end
  redis.call('DEL', KEYS[12])
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
  redis.call('HSET', KEYS[10], 'facts', ARGV[13], 'seq', seq, 'ends', ARGV[14], 'bound', ARGV[17],
    'key', ARGV[18])
  redis.call('PEXPIRE', KEYS[10], math.max(1, ARGV[14] - ARGV[9]))
end
return {'DONE', entry, seq}
