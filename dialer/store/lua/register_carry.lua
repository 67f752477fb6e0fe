-- Purpose: carry unchanged pages of the live version into one that is being loaded, without moving them.
-- KEYS: 1 lease, 2 index, then per page: old page, new page, old additions, new additions.
-- ARGV: 1 version, 2 lease (ms), 3 index entries (8 bytes a page), 4 oldest ordinal whose additions are kept.
-- Returns: how many pages were copied, or -1 when the lease is lost (nothing written).
-- Invariant: as register_stage; an addition older than ARGV[4] is forgotten.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return -1
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('APPEND', KEYS[2], ARGV[3])
local oldest, copied = tonumber(ARGV[4]), 0
for i = 3, #KEYS, 4 do
  copied = copied + redis.call('COPY', KEYS[i], KEYS[i + 1], 'REPLACE')
  if redis.call('COPY', KEYS[i + 2], KEYS[i + 3], 'REPLACE') == 1 then
    local additions = redis.call('HGETALL', KEYS[i + 3])
    for j = 1, #additions, 2 do
      if tonumber(additions[j + 1]) < oldest then
        redis.call('HDEL', KEYS[i + 3], additions[j])
      end
    end
  end
end
return copied
