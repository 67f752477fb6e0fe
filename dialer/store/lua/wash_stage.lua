-- Purpose: write pages of wash results, whose new results do not count yet, while the right is held.
-- KEYS: 1 lease, then pages. ARGV: 1 first ordinal, 2 lease (ms), then each page's content.
-- Returns: how many pages were written, or -1 when the right is lost (nothing written).
-- Invariant: an import that lost its right writes nothing any more.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return -1
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
for i = 2, #KEYS do
  redis.call('SET', KEYS[i], ARGV[i + 1])
end
return #KEYS - 1
