-- Purpose: put washes in force, in one act: from here on their results count, all of them.
-- KEYS: 1 lease, 2 live registers, 3 washes.
-- ARGV: 1 first ordinal, 2 field of the live registers, 3 their new version, then ordinal and JSON of each wash.
-- Returns: 1, or 0 when the right is lost (nothing written).
-- Invariant: the version that readers compare changes with the table, never without it.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
for i = 4, #ARGV, 2 do
  redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1])
end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('DEL', KEYS[1])
return 1
