-- Purpose: replace the lock of one idempotent request by its answer, or take the lock away.
-- KEYS: 1 the request's key.
-- ARGV: 1 the lock as it was written, 2 the answer ('' takes the lock away), 3 seconds to keep the answer.
-- Returns: 1 done, 0 the lock is no longer ours (nothing written).
-- Invariant: an answer is only ever written by whoever holds the lock.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
end
return 1
