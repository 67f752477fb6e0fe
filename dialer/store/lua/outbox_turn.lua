-- Purpose: say whether a notice may be told now, so that no later state overtakes an earlier one of its line.
-- KEYS: 1 fence, 2 due, 3 those of its line that failed or wait here.
-- ARGV: 1 fencing number, 2 notice id, 3 '1' if it has to keep its place in the line.
-- Returns: 'GO', 'WAIT' (put behind the earliest), 'STALE' (not our lease) or 'GONE' (nothing to do).
-- Invariant: while notices of a line fail or wait, only the earliest of them is told (ids sort by time).
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'STALE'
end
if not redis.call('ZSCORE', KEYS[2], ARGV[2]) then
  return 'GONE'
end
local earliest = ARGV[3] == '1' and redis.call('ZRANGE', KEYS[3], 0, 0)[1]
while earliest and earliest < ARGV[2] do
  local due = redis.call('ZSCORE', KEYS[2], earliest)
  if due then
    redis.call('ZADD', KEYS[3], 0, ARGV[2])
    redis.call('ZADD', KEYS[2], string.format('%.0f', tonumber(due) + 1), ARGV[2])
    return 'WAIT'
  end
  -- It will never come: whoever took it away left its place behind.
  redis.call('ZREM', KEYS[3], earliest)
  earliest = redis.call('ZRANGE', KEYS[3], 0, 0)[1]
end
return 'GO'
