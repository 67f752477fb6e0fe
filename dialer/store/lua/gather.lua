-- Purpose: read everything one screening needs, in one act and one round trip.
-- KEYS: 1 line, 2 attempts, 3 epoch, 4 live registers, 5 receipt, 6 the campaign's live calls,
--       7 its abandoned calls, then per register: page, additions.
-- ARGV: 1 oldest attempt wanted (Unix ms), 2 since when the campaign's calls count (Unix ms, excluded),
--       3 until when, then per register: offset within its page (0-9999).
-- Returns: {line flat, attempts with scores, epoch, live registers flat, receipt flat, live calls, abandoned
--          calls, {page, ordinal}…}; a page or ordinal that is not there is false.
-- Invariant: writes nothing.
local answer = {
  redis.call('HGETALL', KEYS[1]),
  redis.call('ZRANGEBYSCORE', KEYS[2], ARGV[1], '+inf', 'WITHSCORES'),
  redis.call('GET', KEYS[3]) or '0',
  redis.call('HGETALL', KEYS[4]),
  redis.call('HGETALL', KEYS[5]),
  redis.call('ZCOUNT', KEYS[6], '(' .. ARGV[2], ARGV[3]),
  redis.call('ZCOUNT', KEYS[7], '(' .. ARGV[2], ARGV[3]),
}
for i = 8, #KEYS, 2 do
  local offset = ARGV[4 + (i - 8) / 2]
  answer[#answer + 1] = {
    redis.call('GET', KEYS[i]),
    redis.call('HGET', KEYS[i + 1], offset),
  }
end
return answer
