-- Purpose: say whether a notice may be told now, so that no later state overtakes an earlier one of its line.
-- KEYS: 1 fence, 2 due, 3 held lines.
-- ARGV: 1 fencing number, 2 notice id, 3 contact point.
-- Returns: 'GO', 'WAIT' (put behind the earlier one), 'STALE' (not our lease) or 'GONE' (nothing to do).
-- Invariant: while a line is held, only the notice that holds it is told.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'STALE'
end
if not redis.call('ZSCORE', KEYS[2], ARGV[2]) then
  return 'GONE'
end
local holder = redis.call('HGET', KEYS[3], ARGV[3])
if not holder or holder == ARGV[2] then
  return 'GO'
end
local due = redis.call('ZSCORE', KEYS[2], holder)
if not due then
  redis.call('HDEL', KEYS[3], ARGV[3])
  return 'GO'
end
-- One millisecond later, so that the earlier one comes first whatever their ids.
redis.call('ZADD', KEYS[2], string.format('%.0f', tonumber(due) + 1), ARGV[2])
return 'WAIT'
