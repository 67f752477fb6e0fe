-- Purpose: keep how a register import stands while it runs, unless it was cancelled or forgotten meanwhile.
-- KEYS: 1 import, 2 open imports. ARGV: 1 its id, 2 its standing as JSON.
-- Returns: 1, or 0 if it is not open any more (nothing written).
-- Invariant: an import that was closed stays as it was closed.
if redis.call('ZSCORE', KEYS[2], ARGV[1]) == false or redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], 'standing', ARGV[2])
return 1
