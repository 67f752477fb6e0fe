-- Purpose: keep how a scrub stands, unless it was removed meanwhile.
-- KEYS: 1 scrub, 2 open scrubs.
-- ARGV: 1 scrub id, 2 '1' if it has ended, 3 its standing as JSON.
-- Returns: 1, or 0 if there is no such scrub (nothing written).
-- Invariant: a removed scrub stays removed, and one that has ended is no longer open.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], 'standing', ARGV[3])
if ARGV[2] == '1' then
  redis.call('ZREM', KEYS[2], ARGV[1])
end
return 1
