-- Purpose: hold a lease for longer, also one that ran out while nobody else took it.
-- KEYS: 1 lease, 2 fence.
-- ARGV: 1 fencing number, 2 how long it lasts from now (ms).
-- Returns: 1, or 0 if somebody else has taken the lease since.
-- Invariant: only the holder of the highest number holds the lease.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
