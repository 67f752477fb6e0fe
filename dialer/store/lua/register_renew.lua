-- Purpose: keep the right to load a register while nothing is written.
-- KEYS: 1 lease. ARGV: 1 version, 2 lease (ms).
-- Returns: 1, or -1 when the lease is lost.
-- Invariant: nobody else's lease is ever prolonged.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return -1
end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
