import type { CounsellorHints } from '@clbchat/shared/protocol/counsellor';
import type { VisitorHints } from '@clbchat/shared/protocol/visitor';
import { expect, test } from 'vitest';
import { defaultRules } from '@clbchat/server/centre/bounds.rules';
import type { Hint } from '@clbchat/server/live/hint';
import { frameOf } from '../../support/frames.ts';
import { heard, type MakeStore, sceneOf, sealedKey } from '../scene.ts';
import { deviceName, shareName, tokenName } from '../world.ts';

type Scene = Awaited<ReturnType<typeof sceneOf>>;
/** What a hint said, and what a request answers at the same moment about the same: they are one truth. */
type Same = (scene: Scene) => Promise<{ said: unknown; asked: unknown }>;
/** No request tells it, and why none has to. */
type None = string;

/** One truth twice [V2]: for each hint of either side, the request that tells the same. A new hint has to name its own. */
export function hintsContract(make: MakeStore): void {
  test.each(Object.entries({ ...visitorHints, ...prefixed(deskHints) }).filter(hasRequest))(
    '[V2] what the hint %s tells, a request tells as well',
    async (_, same) => {
      const { said, asked } = await same(await sceneOf(make));
      expect(asked).toEqual(said);
    },
  );
}
const hasRequest = (entry: [string, Same | None]): entry is [string, Same] => typeof entry[1] === 'function';
const prefixed = (hints: object) =>
  Object.fromEntries(Object.entries(hints).map(([name, same]) => [`${name} of a desk`, same as Same | None]));

const hintsOf = (answer: object): Hint[] => ('hints' in answer ? (answer.hints as Hint[]) : []);
function only<E extends Hint['event'], To extends Hint['to']>(hints: readonly Hint[], event: E, to: To) {
  const found = heard(hints, event).find((hint) => hint.to === to);
  if (!found) throw new Error(`no ${event} to the ${to}`);
  return found.hint as Extract<Hint, { event: E; to: To }>['hint'];
}
/** Only these fields. */
const pick = <T extends object, K extends keyof T>(from: T, ...keys: K[]) =>
  Object.fromEntries(keys.map((key) => [key, from[key]]));

async function truth(scene: Scene, visitor: Parameters<Scene['stateOf']>[0]) {
  const state = await scene.stateOf(visitor);
  if (typeof state === 'string') throw new Error(state);
  return state;
}
async function pair(scene: Scene) {
  const visitor = await scene.joins(1);
  const desk = await scene.sits(1);
  const held = await scene.talks(visitor, desk);
  const heldNow = async () => (await scene.deskOf(desk)).held[0]!;
  return { visitor, desk, held, heldNow };
}
const silent = (peerAgeMs = 0) => peerAgeMs >= defaultRules.peerToldMs;

const visitorHints: Record<keyof VisitorHints, Same | None> = {
  'visit:attached': 'it is the state itself',
  'talk:passing': 'nobody stores it: whoever sends it says it again',
  'node:leaving': 'the end of the connection tells it',
  async 'visit:stage'(scene) {
    const visitor = await scene.joins(1);
    const desk = await scene.sits(1);
    const said = only(hintsOf(await scene.accepts(desk, await scene.ringsAt(desk))), 'visit:stage', 'visitor');
    return { said, asked: pick(await truth(scene, visitor), 'rev', 'stage', 'hold') };
  },
  async 'visit:replaced'(scene) {
    const visitor = await scene.joins(1);
    const again = await scene.store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1) });
    only(hintsOf(again), 'visit:replaced', 'visitor');
    return { said: 'replaced', asked: await scene.stateOf(visitor) };
  },
  async 'queue:moved'(scene) {
    await scene.joins(1);
    const visitor = await scene.joins(2);
    await scene.sits(1);
    const { places, staffed } = await scene.store.queue.facts();
    const said = { ahead: places.find(({ visitId }) => visitId === visitor.visitId)!.ahead, staffed };
    return { said, asked: pick(await truth(scene, visitor), 'ahead', 'staffed') };
  },
  async 'key:offered'(scene) {
    const visitor = await scene.joins(1);
    const held = await scene.opens(await scene.sits(1));
    const answer = await scene.store.conversation.keyOffer({ ...held, epoch: 1, keyOffer: 'offer.1' });
    const said = only(hintsOf(answer), 'key:offered', 'visitor');
    return { said, asked: pick(await truth(scene, visitor), 'rev', 'epoch', 'keyOffer') };
  },
  async 'key:opened'(scene) {
    const visitor = await scene.joins(1);
    const held = await scene.opens(await scene.sits(1));
    const { conversation } = scene.store;
    await conversation.keyOffer({ ...held, epoch: 1, keyOffer: 'offer.1' });
    await conversation.keySeal({ ...visitor, epoch: 1, sealed: sealedKey(1) });
    await conversation.keyShare({ side: 'c', ...held, share: shareName(9) });
    const said = only(hintsOf(await conversation.keyOpened({ ...held, epoch: 1 })), 'key:opened', 'visitor');
    const { epoch, keyOffer, sealedSet, stage } = await truth(scene, visitor);
    return {
      said: { ...said, stage: 'talking' },
      asked: { epoch, stage, ...((keyOffer ?? sealedSet) && { keyOffer }) },
    };
  },
  async 'talk:frame'(scene) {
    const { visitor, held } = await pair(scene);
    const said = only(hintsOf(await scene.answers(held, 2)), 'talk:frame', 'visitor');
    const since = await scene.store.conversation.since({ side: 'v', ...visitor, seq: said.seq - 1 });
    return { said: pick(said, 'seq', 'frame'), asked: newest(since) };
  },
  async 'talk:idle'(scene) {
    const { visitor } = await pair(scene);
    const { leftMs } = only(await scene.wait(defaultRules.idleAskMs), 'talk:idle', 'visitor');
    return { said: leftMs, asked: (await truth(scene, visitor)).idleLeftMs };
  },
  async 'peer:silent'(scene) {
    const { visitor, desk } = await pair(scene);
    const before = silent((await truth(scene, visitor)).peerAgeMs);
    only(await scene.wait(defaultRules.peerToldMs, { desks: [desk] }), 'peer:silent', 'visitor');
    return { said: [false, true], asked: [before, silent((await truth(scene, visitor)).peerAgeMs)] };
  },
  async 'peer:back'(scene) {
    const { visitor, desk } = await pair(scene);
    await scene.wait(defaultRules.peerToldMs, { desks: [desk] });
    only((await scene.store.presence.beat([desk])).hints, 'peer:back', 'visitor');
    return { said: false, asked: silent((await truth(scene, visitor)).peerAgeMs) };
  },
};

const deskHints: Record<keyof CounsellorHints, Same | None> = {
  'desk:challenge': 'without an answer to it the connection is closed, and the next one says another',
  'talk:passing': 'nobody stores it: whoever sends it says it again',
  'node:leaving': 'the end of the connection tells it',
  async 'desk:replaced'(scene) {
    const desk = await scene.sits(1);
    const answer = await scene.store.presence.enter(scene.seatInput(1, { dev: deviceName(9), takeOver: true }));
    only(hintsOf(answer), 'desk:replaced', 'desk');
    return { said: 'replaced', asked: (await scene.store.presence.desk(desk)).is };
  },
  async 'desk:changed'(scene) {
    const { visitor, desk } = await pair(scene);
    const answer = await scene.store.visit.end({ by: 'visitor', ...visitor, reason: 'visitor_left' });
    only(hintsOf(answer), 'desk:changed', 'desk');
    return { said: 'wrap-up', asked: (await scene.deskOf(desk)).status };
  },
  async 'offer:ring'(scene) {
    await scene.joins(1);
    const desk = await scene.sits(1);
    const said = only((await scene.store.routing.match()).hints, 'offer:ring', 'desk');
    return { said: [said], asked: (await scene.deskOf(desk)).rings };
  },
  async 'offer:off'(scene) {
    await scene.joins(1);
    const desk = await scene.sits(1);
    const offerNo = await scene.ringsAt(desk);
    const { offerNo: off } = only(
      hintsOf(await scene.store.routing.decline({ ...desk, offerNo })),
      'offer:off',
      'desk',
    );
    return { said: [off, []], asked: [offerNo, (await scene.deskOf(desk)).rings] };
  },
  async 'queue:changed'(scene) {
    for (const number of [1, 2]) await scene.joins(number);
    const { waiting } = await scene.store.queue.facts();
    const rows = await scene.store.queue.rows(9);
    return { said: waiting, asked: rows.filter(({ away, unanswered }) => !away && !unanswered).length };
  },
  async 'visit:stage'(scene) {
    const { held, desk } = await pair(scene);
    const answer = await scene.store.routing.release({ ...held, why: 'unkept' });
    const { visitId, released } = only(hintsOf(answer), 'visit:stage', 'desk');
    return { said: [{ visitId, why: released }], asked: (await scene.deskOf(desk)).letGo };
  },
  async 'key:sealed'(scene) {
    const visitor = await scene.joins(1);
    const desk = await scene.sits(1);
    const held = await scene.opens(desk);
    await scene.store.conversation.keyOffer({ ...held, epoch: 1, keyOffer: 'offer.1' });
    const answer = await scene.store.conversation.keySeal({ ...visitor, epoch: 1, sealed: sealedKey(1) });
    const said = only(hintsOf(answer), 'key:sealed', 'desk');
    return { said, asked: pick((await scene.deskOf(desk)).held[0]!, 'visitId', 'rev', 'epoch', 'sealed') };
  },
  async 'key:wanted'(scene) {
    const { visitor, heldNow } = await pair(scene);
    const said = only(hintsOf(await scene.store.conversation.keyAsk({ ...visitor, epoch: 1 })), 'key:wanted', 'desk');
    const { visitId, rev, keyWanted: epoch } = await heldNow();
    return { said, asked: { visitId, rev, epoch } };
  },
  async 'talk:frame'(scene) {
    const { visitor, held } = await pair(scene);
    const { frame, header } = frameOf({ visitId: visitor.visitId, side: 'v', n: 1 });
    const answer = await scene.store.conversation.append({ side: 'v', ...visitor, frame, header });
    const said = only(hintsOf(answer), 'talk:frame', 'desk');
    const since = await scene.store.conversation.since({ side: 'c', ...held, seq: said.seq - 1 });
    return { said: pick(said, 'seq', 'frame'), asked: newest(since) };
  },
  async 'talk:idle'(scene) {
    const { heldNow } = await pair(scene);
    const { leftMs } = only(await scene.wait(defaultRules.idleAskMs), 'talk:idle', 'desk');
    return { said: leftMs, asked: (await heldNow()).idleLeftMs };
  },
  async 'peer:silent'(scene) {
    const { visitor, heldNow } = await pair(scene);
    const before = (await heldNow()).peer;
    await scene.store.visit.drop(visitor);
    only(await scene.wait(scene.needs.limits.awayAfterMs), 'peer:silent', 'desk');
    return { said: ['here', 'away'], asked: [before, (await heldNow()).peer] };
  },
  async 'peer:back'(scene) {
    const { visitor, heldNow } = await pair(scene);
    await scene.store.visit.drop(visitor);
    await scene.wait(scene.needs.limits.awayAfterMs);
    const back = await scene.store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1) });
    only(hintsOf(back), 'peer:back', 'desk');
    return { said: 'here', asked: (await heldNow()).peer };
  },
};

function newest(since: Awaited<ReturnType<Scene['store']['conversation']['since']>>) {
  if (since.is !== 'since' || 'diverged' in since.since) throw new Error('no frames');
  return pick(since.since.frames.at(-1)!, 'seq', 'frame');
}
