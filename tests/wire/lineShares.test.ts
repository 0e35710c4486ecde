import { createLineShares } from '@clbchat/server/edge/lineShares';
import { emptyLive } from '@clbchat/server/live/record';
import { memoryStore } from '@clbchat/server/store.memory';
import type { VisitId } from '@clbchat/shared/ids';
import { afterEach, expect, test } from 'vitest';
import { connectVisitor, deskOpens, joinInput, newSecrets, visitorWaits } from '../support/clients.ts';
import { request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const MIN = 60_000;
const here = '127.0.0.1';
const elsewhere = '127.0.0.2';
let service: TestService | null = null;
afterEach(() => service?.stop());

/** An evening on which a hand-out takes three minutes, full from twenty on, with one counsellor who has her hands full. */
async function evening(): Promise<TestService> {
  const started = await startService({
    rules: { fullEstimateMs: 20 * MIN },
    store(needs) {
      const now = needs.clock.nowMs();
      const handouts = Array.from({ length: 6 }, (_, at) => ({
        fromMs: now - (at + 1) * 3 * MIN,
        toMs: now - at * 3 * MIN,
      }));
      return memoryStore(needs, { ...emptyLive(), handouts });
    },
  });
  service = started;
  await deskOpens(started, 'lien', { status: 'paused' });
  return started;
}
const joins = async (from: string) => {
  const client = await connectVisitor(service!, { from });
  const answer = await client.ask('visit:join', await joinInput(await newSecrets()));
  return answer.ok ? 'joined' : answer.code;
};
const school = async () =>
  (JSON.parse((await request(service!, 'GET', '/status/demo')).body) as { state: string }).state;

test('[N44] one address that fills the line is refused, and nobody else is: neither at the door nor by the button', async () => {
  const { live, advance } = await evening();
  for (let each = 0; each < 6; each += 1) expect(await joins(here)).toBe('joined');
  expect(await joins(here)).toBe('full');
  await advance(1_000);
  expect(await school()).toBe('open'); // as with four of them
  expect(await joins(elsewhere)).toBe('joined');
  expect(await joins('127.0.0.3')).toBe('joined');
  expect((await live.queue.facts()).places).toHaveLength(8);
});

test('[N44] what many addresses have together makes it full for everybody', async () => {
  await evening();
  for (let each = 0; each < 6; each += 1) await visitorWaits(service!, { from: `127.0.0.${10 + each}` });
  expect(await joins(elsewhere)).toBe('full');
});

test('[N44] who waits is counted until it waits no more, also without a socket for a moment, and only while it holds up others', () => {
  service = null;
  const shares = createLineShares(1);
  const place = (id: string, more: object = {}) => ({
    visitId: id as VisitId,
    conn: 1,
    here: true,
    present: true,
    turns: 1,
    ...more,
  });
  for (const id of ['a', 'b', 'c']) shares.enter(id as VisitId, 'school');
  expect([shares.beyond(), shares.beyond('school')]).toEqual([2, 0]);
  shares.look([], [], () => undefined); // they were not asked about
  expect(shares.beyond()).toBe(2);
  const line = [place('a'), place('b'), place('c')];
  const look = (places: typeof line, tagOf: () => string | undefined = () => undefined) =>
    shares.look(['a', 'b', 'c'] as VisitId[], places, tagOf);
  look(line);
  expect(shares.beyond()).toBe(2);
  look([place('a'), place('b', { present: false }), place('c', { turns: 0 })]);
  expect(shares.beyond()).toBe(0);
  look(line);
  expect(shares.beyond()).toBe(2);
  look([place('a')]);
  look(line); // the tags of the others were forgotten
  expect(shares.beyond()).toBe(0);
  look(line, () => 'school'); // and their sockets tell them
  expect(shares.beyond()).toBe(2);
  shares.look([], [place('c', { here: false })], () => undefined); // it goes on at another process, which counts it
  expect([shares.beyond(), [...shares.known()]]).toEqual([1, ['a', 'b']]);
});
