-- Purpose: write some pages of a version that is not live, while its lease is held.
-- KEYS: 1 lease, 2 index, then per page: page, additions.
-- ARGV: 1 version, 2 lease (ms), 3 index entries (8 bytes a page), then per page: content, additions as
--       'offset ordinal offset ordinal …' ('' none).
-- Returns: how many pages were written, or -1 when the lease is lost (nothing written).
-- Invariant: an import that lost its lease writes nothing any more; no page stands outside the index.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return -1
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('APPEND', KEYS[2], ARGV[3])
for i = 3, #KEYS, 2 do
  redis.call('SET', KEYS[i], ARGV[i + 1])
  local pairs_of_page = {}
  for word in string.gmatch(ARGV[i + 2], '%d+') do
    pairs_of_page[#pairs_of_page + 1] = word
  end
  -- unpack is limited to some thousands of values; a page can have twenty thousand.
  for first = 1, #pairs_of_page, 1000 do
    redis.call('HSET', KEYS[i + 1], unpack(pairs_of_page, first, math.min(first + 999, #pairs_of_page)))
  end
end
return (#KEYS - 2) / 2
