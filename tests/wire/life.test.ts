import { memoryStore, type LiveStore } from '@clbchat/server/store.memory';
import { digestOf, randomToken } from '@clbchat/shared/digest';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { refused } from '@clbchat/shared/protocol/wire';
import { afterEach, describe, expect, test } from 'vitest';
import {
  connectCounsellor,
  connectVisitor,
  deskOpens,
  joinInput,
  newRequest,
  newSecrets,
  prove,
  signIn,
  visitorReturns,
  visitorWaits,
  type Secrets,
  type Visitor,
} from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

let service: TestService;
afterEach(() => service.stop());

const byToken = async ({ visitId, token, next }: Secrets) => ({ visitId, token, next: await digestOf(next) });

const byProof = async ({ visitId, proof, next }: Secrets) => ({ visitId, proof, next: await digestOf(next) });

/** A service whose store answers who sits down only when it is let. */
async function held() {
  let reached: () => void = () => undefined;
  let release: () => void = () => undefined;
  const there = new Promise<void>((resolve) => (reached = resolve));
  const gate = new Promise<void>((resolve) => (release = resolve));
  service = await startService({
    store(needs) {
      const store = memoryStore(needs);
      const { enter } = store.presence;
      store.presence.enter = async (input) => {
        reached();
        await gate;
        return enter(input);
      };
      return store;
    },
  });
  return { there, release };
}

/** How often the rows of the queue are read: each second, while a console is in the hub. */
function rowsReadOf({ queue }: LiveStore): { times: number } {
  const read = { times: 0 };
  const { rows } = queue;
  queue.rows = (most) => {
    read.times += 1;
    return rows(most);
  };
  return read;
}

describe('[V9] whose memory it is', () => {
  test('each state says it, and so does the refusal of a visit that has ended, in the answer and at CONNECT', async () => {
    service = await startService();
    const secrets = await newSecrets();
    const visitor = await connectVisitor(service);
    const { life } = await good(visitor.ask('visit:join', await joinInput(secrets)));
    expect(life).toMatch(/^[\w-]{22}$/);
    expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ life });
    const desk = await deskOpens(service);
    expect(desk.state.life).toBe(life);
    expect(await good(desk.ask('desk:state', {}))).toMatchObject({ life });
    const back = await visitorReturns(service, secrets);
    expect(await back.hears('visit:attached')).toMatchObject({ life });

    await service.live.visit.end({
      by: 'token',
      visitId: secrets.visitId,
      token: await digestOf(secrets.token),
      reason: 'closed',
    });
    expect(await back.ask('visit:state', {})).toEqual({ ok: false, code: 'lost', life });
    const no: unknown = await connectVisitor(service, { auth: await byProof(secrets) }).catch(
      (error: unknown) => error,
    );
    expect(no).toMatchObject({ message: 'lost', data: { life } });
  });

  test('another process has another one', async () => {
    service = await startService();
    const one = await deskOpens(service);
    const other = await startService();
    expect((await deskOpens(other)).state.life).not.toBe(one.state.life);
    await other.stop();
  });
});

describe('[V10] one word for one cause', () => {
  test('a socket that has no visit is at no stage', async () => {
    service = await startService();
    const nobody = await connectVisitor(service);
    expect(await nobody.ask('visit:state', {})).toEqual(refused('stage'));
  });

  test('a desk that the store forgot is lost to its console, which sits down again on the same socket', async () => {
    let forget: () => void = () => undefined;
    service = await startService({
      store(needs) {
        const live = memoryStore(needs);
        forget = () =>
          Object.entries(memoryStore(needs)).forEach(([name, slice]) =>
            Object.assign(live[name as keyof LiveStore], slice),
          );
        return live;
      },
    });
    const desk = await deskOpens(service, 'lien', { slots: 2, status: 'available' });
    forget();
    const no = await desk.ask('desk:state', {});
    expect(no).toMatchObject({ ok: false, code: 'lost', life: expect.any(String) });
    expect(no).not.toMatchObject({ life: desk.state.life });
    const again = await good(desk.ask('desk:enter', { slots: 2, status: 'wrap-up' }));
    expect(again).toMatchObject({ status: 'wrap-up', slots: 2, life: no.ok ? '' : no.life });
    expect(await good(desk.ask('desk:state', {}))).toMatchObject({ status: 'wrap-up' });
  });
});

describe('[L4] a CONNECT that was late', () => {
  test('displaces nobody, and whoever waits for its answer comes by the proof', async () => {
    service = await startService();
    const { secrets } = await visitorWaits(service);
    const auth = await byToken(secrets);
    const now = await connectVisitor(service, { auth });
    await now.hears('visit:attached');
    await expect(connectVisitor(service, { auth })).rejects.toThrow('token_used');
    expect(await good(now.ask('visit:state', {}))).toMatchObject({ stage: 'waiting' });
    expect(now.heard('visit:replaced')).toEqual([]);
    const { visitId, proof } = secrets;
    const back = await connectVisitor(service, { auth: { visitId, proof, next: await digestOf(randomToken(32)) } });
    await back.hears('visit:attached');
    expect(await now.closed).toBe('io server disconnect');
    expect(now.heard('visit:replaced')).toHaveLength(1);
  });
});

describe('[N19] whoever goes while the store is asked', () => {
  test('a console leaves nothing in the hub', async () => {
    const { there, release } = await held();
    const read = rowsReadOf(service.live);
    const lien = await signIn(service, 'lien');
    const client = await connectCounsellor(service, { cookie: lien.cookie });
    await prove(service, client, lien);
    void client.send('desk:enter', { slots: 1, status: 'available' });
    await there;
    client.leave();
    await service.advance(1_000); // its end has come in
    release();
    await service.advance(1_000);
    const answered = read.times;
    await service.advance(30_000);
    expect(await service.live.queue.facts(), 'it did sit down').toMatchObject({ staffed: true });
    expect(read.times).toBe(answered);
  });

  test('[N16] a console that signs out while it sits down gives its seat back at once', async () => {
    const { there, release } = await held();
    const lien = await signIn(service, 'lien');
    const client = await connectCounsellor(service, { cookie: lien.cookie });
    await prove(service, client, lien);
    void client.send('desk:enter', { slots: 1, status: 'available' });
    await there;
    await request(service, 'POST', '/api/demo/sign-out', {
      headers: { ...fromOurPage(service), cookie: lien.cookie },
      body: '{}',
    });
    await client.closed;
    release();
    await service.advance(1_000);
    expect(await service.live.queue.facts()).toMatchObject({ staffed: false });
  });
});

describe('[N20] who is asked for signs of life', () => {
  /** how often a page was asked */
  const pulses = ({ socket }: Visitor) => {
    const count = { is: 0 };
    socket.on('presence:pulse', () => (count.is += 1));
    return count;
  };

  /** What the store decides while every hint of it is lost. */
  async function acceptsUnheard(): Promise<void> {
    const { presence, routing } = service.live;
    const account = 'unheard' as AccountId;
    const entered = await presence.enter({
      ...{ account, dev: randomToken(32) as Digest, certExpMs: service.clock.nowMs() + 86_400_000 },
      ...{ serves: null, slots: 1, status: 'available', takeOver: false },
    });
    if (entered.is !== 'entered') throw new Error(entered.is);
    const { hints } = await routing.match();
    const ring = hints.find((hint) => hint.event === 'offer:ring');
    if (ring?.event !== 'offer:ring') throw new Error('nobody was rung');
    const seat = { account, seat: entered.seat, offerNo: ring.hint.offerNo, requestId: newRequest() };
    expect(await routing.accept(seat)).toMatchObject({ is: 'accepted' });
  }

  test('who waits is not; who is at a desk is within half a minute, although every hint of it was lost', async () => {
    service = await startService();
    const asked = pulses(await visitorWaits(service));
    await service.advance(60_000);
    expect(asked.is).toBe(0);
    await acceptsUnheard();
    await service.advance(service.limits.seenEveryMs + service.limits.pulseEveryMs);
    expect(asked.is).toBeGreaterThan(0);
  });

  test('who asks for its state is from that answer on', async () => {
    service = await startService();
    const visitor = await visitorWaits(service);
    const asked = pulses(visitor);
    await service.advance(service.limits.seenEveryMs); // the next look at everybody is far away
    await acceptsUnheard();
    await good(visitor.ask('visit:state', {}));
    await service.advance(service.limits.pulseEveryMs);
    expect(asked.is).toBe(1);
  });

  test('who is back in the line is asked no more', async () => {
    service = await startService();
    const visitor = await visitorWaits(service);
    const asked = pulses(visitor);
    const desk = await deskOpens(service);
    const { on } = await talks(desk, visitor);
    await good(visitor.ask('visit:state', {}));
    await service.advance(service.limits.pulseEveryMs);
    expect(asked.is).toBe(1);
    const { account } = desk.signedIn;
    await service.live.presence.signOut({ account, seat: desk.state.seat }); // its hints are lost
    expect(on.hold).toBe(1);
    await service.advance(service.limits.seenEveryMs);
    const then = asked.is;
    await service.advance(service.limits.seenEveryMs);
    expect(asked.is).toBe(then);
  });
});
