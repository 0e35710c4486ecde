import { limits } from '@clbchat/shared/limits';
import type { Cluster, Redis } from 'ioredis';
import type { SeenDesk, SeenVisit } from '../simulate/history.ts';

/** All that a look is made of, in one step of the store: nothing is seen half done. */
const LOOK = `#!lua flags=no-writes
local C = KEYS[1]
local said = { life = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)'), visits = {}, desks = {}, known = {} }
local time = redis.call('TIME')
said.nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
for _, name in ipairs({ 'v', 'f', 'k', 's' }) do
  for _, at in ipairs(redis.call('KEYS', C .. ':' .. name .. ':*')) do
    said.known[#said.known + 1] = string.sub(at, #C + 4)
    if name == 'v' then
      local id = string.sub(at, #C + 4)
      local of = redis.call('HMGET', at, 'stage', 'ticket', 'firstTicket', 'hold', 'epoch', 'holder', 'offerTo', 'dropMs', 'away', 'node', 'unanswered')
      of[12], of[13] = redis.call('ZSCORE', C .. ':line', id) and '1' or '0', id
      for i = 1, 13 do of[i] = of[i] or '' end
      said.visits[#said.visits + 1] = of
    end
  end
end
for _, at in ipairs(redis.call('KEYS', C .. ':desk:*')) do
  local id = string.sub(at, #C + 7)
  local of = redis.call('HMGET', at, 'slots', 'status', 'beatMs', 'seat', 'node')
  for i = 1, 5 do of[i] = of[i] or '' end
  said.desks[#said.desks + 1] = { id, of, redis.call('ZRANGE', C .. ':held:' .. id, 0, -1), redis.call('ZRANGE', C .. ':ringing:' .. id, 0, -1) }
end
for _, id in ipairs(redis.call('HVALS', C .. ':rings')) do said.known[#said.known + 1] = id end
return cjson.encode(said)`;

type Fields = readonly string[];
interface Said {
  readonly life: string;
  readonly nowMs: number;
  readonly visits: readonly Fields[] | object;
  readonly desks: readonly (readonly [string, Fields, Fields | object, Fields | object])[] | object;
  readonly known: Fields | object;
}
/** JSON of Lua says an empty list as an empty record. */
const list = <T>(said: readonly T[] | object): readonly T[] => (Array.isArray(said) ? (said as T[]) : []);

/** What a look shows beside what a history keeps of it: for whoever has to find out why. */
interface Beside {
  readonly life: string;
  /** by visit: `dropped 12 s ago, node abc` */
  readonly notes: ReadonlyMap<string, string>;
}
export interface Look extends Beside {
  readonly visits: readonly SeenVisit[];
  readonly desks: readonly SeenDesk[];
  readonly known: readonly string[];
}

/**
 * One look into the live store.
 *
 * @throws where the store does not answer
 */
export async function lookInto(
  redis: Redis | Cluster,
  tag: string,
  nameOf: (id: string) => string,
  pulseLateMs: number = limits.pulseLateMs,
): Promise<Look> {
  const said = JSON.parse((await redis.eval(LOOK, 1, tag)) as string) as Said;
  const notes = new Map<string, string>();
  const ago = (ms: string) => `${Math.round((said.nowMs - Number(ms)) / 100) / 10} s ago`;
  const visits = list(said.visits).map((of): SeenVisit => {
    const [
      stage = '',
      ticket,
      firstTicket,
      hold,
      epoch,
      holder = '',
      offerTo = '',
      dropMs = '0',
      away,
      node,
      unanswered,
      line,
      id = '',
    ] = of;
    const visit = nameOf(id);
    notes.set(
      visit,
      `${dropMs === '0' ? 'attached' : `its socket went ${ago(dropMs)}`} at node ${node}${away === 'no' ? '' : `, away: ${away}`}${unanswered === '1' ? ', owes an answer' : ''}`,
    );
    return {
      ...{ visit, stage: stage as SeenVisit['stage'], inLine: line === '1', ticket: Number(ticket) },
      ...{ passed: Number(firstTicket) > 0, hold: Number(hold), epoch: Number(epoch), desk: holder || offerTo },
    };
  });
  const desks = list(said.desks).map(
    ([desk, [slots, status = '', beatMs = '0', seat, node], held, rings]): SeenDesk => {
      notes.set(desk, `${status}, seat ${seat} at node ${node}, last beat ${ago(beatMs)}`);
      return {
        ...{ desk, slots: Number(slots), held: list(held).map(nameOf), rings: list(rings).map(nameOf) },
        answers: status === 'available' && said.nowMs - Number(beatMs) <= pulseLateMs,
      };
    },
  );
  const known = [...new Set(list(said.known))].map(nameOf);
  return { life: said.life, notes, visits, desks, known };
}
