-- Purpose: put a change in force by moving its pages among those of the live version, in one act.
-- KEYS: 1 lease, 2 live registers, 3 snapshots, 4 versions that may be deleted, 5 index of what was staged,
--       6 index of the pages in force, then per touched page: staged page, page, staged additions, additions.
-- ARGV: 1 register, 2 version, 3 version it replaces, 4 ordinal, 5 snapshot JSON, 6 the new index ('' as it is).
-- Returns: 1, or 0 when the lease is lost or another version went live meanwhile (nothing written).
-- Invariant: pages and pointer change together; a page that was touched and not staged is emptied.
if redis.call('GET', KEYS[1]) ~= ARGV[2] or redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[3] then
  return 0
end
for i = 7, #KEYS, 2 do
  if redis.call('EXISTS', KEYS[i]) == 1 then
    redis.call('RENAME', KEYS[i], KEYS[i + 1])
  else
    redis.call('DEL', KEYS[i + 1])
  end
end
if ARGV[6] ~= '' then
  redis.call('SET', KEYS[6], ARGV[6])
end
redis.call('DEL', KEYS[1], KEYS[5])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[3], ARGV[4], ARGV[5])
redis.call('ZREM', KEYS[4], ARGV[2])
return 1
