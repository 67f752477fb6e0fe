-- Purpose: keep what became of one notice, if the worker that says so still has the destination.
-- KEYS: 1 notice, 2 due, 3 notices by state, 4 fence, 5 lease, 6 those of its line that failed or wait here,
--       7 rest.
-- ARGV: 1 fencing number, 2 lease lasts from now (ms), 3 notice id, 4 its place in the index, 5 its new place,
--       6 due (Unix ms, '' never), 7 '1' if its line waits for it, 8 the destination rests until (Unix ms,
--       '' not at all), then the notice's fields and values in turn.
-- Returns: 'DONE' or 'STALE' (another worker has the destination; nothing written).
-- Invariant: a notice stands in the index once, and in due exactly when something is to come.
if redis.call('GET', KEYS[4]) ~= ARGV[1] then
  return 'STALE'
end
redis.call('SET', KEYS[5], ARGV[1], 'PX', ARGV[2])
redis.call('ZREM', KEYS[3], ARGV[4])
redis.call('ZADD', KEYS[3], 0, ARGV[5])
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV, 9))
if ARGV[6] == '' then
  redis.call('ZREM', KEYS[2], ARGV[3])
else
  redis.call('ZADD', KEYS[2], ARGV[6], ARGV[3])
end
if ARGV[7] == '1' then
  redis.call('ZADD', KEYS[6], 0, ARGV[3])
else
  redis.call('ZREM', KEYS[6], ARGV[3])
end
if ARGV[8] == '' then
  redis.call('DEL', KEYS[7])
else
  redis.call('SET', KEYS[7], ARGV[8])
end
return 'DONE'
