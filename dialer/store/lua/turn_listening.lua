-- Purpose: pause the listening to one call, or let it go on as a new session, with its line in the ledger.
-- KEYS: 1 the call's listening, 2 ledger, 3 the line's entries.
-- ARGV: 1 since when it is paused (Unix ms; '' lets it go on), 2 how long this is kept (ms), 3 kind for the
--       ledger, 4 ledger JSON.
-- Returns: the number of the session that may be read once it is not paused.
-- Invariant: a session that was paused is never read again; the same twice is written once.
local paused = redis.call('HGET', KEYS[1], 'paused_at')
if (ARGV[1] ~= '') == (paused ~= false) then
  return tonumber(redis.call('HGET', KEYS[1], 'session') or '1')
end
local session = tonumber(redis.call('HGET', KEYS[1], 'session') or '1')
if ARGV[1] ~= '' then
  redis.call('HSET', KEYS[1], 'paused_at', ARGV[1])
else
  session = session + 1
  redis.call('HDEL', KEYS[1], 'paused_at', 'unheard')
  redis.call('HSET', KEYS[1], 'session', session)
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
local entry = redis.call('XADD', KEYS[2], '*', 'k', ARGV[3], 'd', ARGV[4])
redis.call('LPUSH', KEYS[3], entry)
redis.call('LTRIM', KEYS[3], 0, 9999)
return session
