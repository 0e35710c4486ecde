import type { Line } from './client.ts';

/** Every command that a script of the live store may call; a test holds it against the scripts. */
export const LIVE_COMMANDS =
  'DEL GET HDEL HEXISTS HGET HGETALL HINCRBY HKEYS HLEN HMGET HSET HVALS INFO LRANGE LTRIM PEXPIRE PUBSUB RPUSH SET SPUBLISH TIME UNLINK XADD XRANGE XTRIM ZADD ZCARD ZCOUNT ZRANGE ZRANGEBYSCORE ZREM ZREMRANGEBYRANK ZREMRANGEBYSCORE ZSCORE'.split(
    ' ',
  );

/** An unknown name is an error there, and so is one that was renamed. */
const ASK = `#!lua flags=no-writes
local missing = {}
for _, name in ipairs(ARGV) do
  -- one that has others in it is asked about by the one that is called
  local known, may = pcall(redis.acl_check_cmd, name, name == 'PUBSUB' and 'SHARDCHANNELS' or KEYS[1])
  if not known or not may then missing[#missing + 1] = name end
end
return missing`;

/**
 * Whether each of them is there and this account may use it on the centre's keys. A command that is missing would show
 * in the middle of a conversation.
 *
 * @returns null, or what is wrong and what to do, to be read after who it is
 */
export async function missingAt(redis: Line, tag: string): Promise<string | null> {
  const missing = await redis.eval(ASK, 1, tag, ...LIVE_COMMANDS).catch(() => null);
  if (missing === null) return `lets this account into none of the keys ${tag}*; it needs them (~${tag}*).`;
  if (!Array.isArray(missing) || missing.length === 0) return null;
  return `lacks ${missing.join(', ')} for this account on the keys ${tag}*; it needs them, neither renamed nor forbidden.`;
}
