import { digestOf } from '@clbchat/shared/digest';
import { refused } from '@clbchat/shared/protocol/wire';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  deskOpens,
  joinInput,
  newRequest,
  newSecrets,
  visitorReturns,
  visitorWaits,
  connectVisitor,
} from '../support/clients.ts';
import { frameOf, streamName } from '../support/frames.ts';
import { startService, type TestService } from '../support/service.ts';
import { accepts, good, talks } from '../support/talk.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${service.address}${path}`, {
    method: 'POST',
    headers: { origin: service.origin, 'content-type': 'text/plain;charset=UTF-8', ...headers },
    body,
  });

describe('between the lines', () => {
  test('[V3 L4] two visits joined at once on one socket: the later one is it, and nothing of the other stays', async () => {
    const [one, two] = [await newSecrets(), await newSecrets()];
    const client = await connectVisitor(service);
    const answers = await Promise.all([
      client.ask('visit:join', await joinInput(one)),
      client.ask('visit:join', await joinInput(two)),
      client.ask('visit:state', {}),
    ]);
    expect(answers).toMatchObject([{ ok: true }, { ok: true }, { ok: true, value: { visitId: two.visitId } }]);
    expect((await service.live.queue.facts()).places.map(({ visitId }) => visitId)).toEqual([two.visitId]);
  });

  test('[N2 V4] a socket that goes in the middle of joining leaves a visit that goes, too', async () => {
    const secrets = await newSecrets();
    const client = await connectVisitor(service);
    client.socket.emit('visit:join', await joinInput(secrets), () => undefined);
    await service.advance(0);
    client.leave();
    await service.advance(1_000);
    await service.advance(200_000);
    expect((await service.live.queue.facts()).places).toEqual([]);
  });

  test('[Q6] the goodbye of a page that is back already shortens nothing', async () => {
    const visitor = await visitorWaits(service);
    const { visitId, token } = visitor.secrets;
    const again = await visitorReturns(service, visitor.secrets);
    await again.hears('visit:attached');
    expect((await post('/api/visit/leave', JSON.stringify({ visitId, token, why: 'unload' }))).status).toBe(204);
    again.leave();
    await service.advance(150_000);
    expect((await service.live.queue.facts()).places).toHaveLength(1);
  });

  test('[R1 R6] the seat changes hands in the middle of an accept: one of the two windows has the visit', async () => {
    await visitorWaits(service);
    const first = await deskOpens(service);
    const { offerNo } = await first.hears('offer:ring');
    const [answer, second] = await Promise.all([
      first.send('offer:accept', { offerNo, requestId: newRequest() }),
      deskOpens(service, first.signedIn),
    ]);
    const now = await good(second.ask('desk:state', {}));
    const had = (answer as { ok?: boolean } | null | undefined)?.ok === true;
    expect(now.held.length + now.rings.length).toBe(1);
    expect(now.held.length).toBe(had ? 1 : now.held.length);
    expect(await first.closed).toBe('io server disconnect');
  });

  test('[V4 K7] the end in the middle of the key exchange: nothing of it stays, and the rest of it is refused', async () => {
    const visitor = await visitorWaits(service);
    const desk = await deskOpens(service);
    const { on, held } = await accepts(desk);
    const epoch = held.epochNext;
    const [, ended] = await Promise.all([
      desk.ask('key:offer', { ...on, epoch, keyOffer: 'an.offer' }),
      visitor.ask('visit:end', { why: 'left' }),
    ]);
    expect(ended).toEqual({ ok: true, value: null });
    const { frame } = frameOf({ visitId: on.visitId, side: 'c', n: 1, epoch, kind: 'control' });
    for (const late of [
      await desk.ask('key:offer', { ...on, epoch, keyOffer: 'an.offer' }),
      await desk.ask('key:share', { ...on, rid: 'A'.repeat(11), R: 'A'.repeat(43) }),
      await desk.ask('talk:append', { ...on, frame }),
      await desk.ask('key:opened', { ...on, epoch }),
      await visitor.ask('key:seal', { epoch, sealed: 'A'.repeat(194) }),
    ])
      expect(['lost', 'ended']).toContain(late.ok ? 'ok' : late.code);
    expect(await good(desk.ask('desk:state', {}))).toMatchObject({ held: [], status: 'available' });
  });

  test('[R6 Q3] who signs out holds nobody from that moment on: the visitor is at the front at once', async () => {
    const visitor = await visitorWaits(service);
    const desk = await deskOpens(service);
    await talks(desk, visitor);
    const elsewhere = await visitorWaits(service);
    const left = await post('/api/demo/sign-out', '{}', {
      cookie: desk.signedIn.cookie,
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'x-clb': '1',
    });
    expect(left.status).toBe(204);
    expect(await desk.closed).toBe('io server disconnect');
    await visitor.hears('visit:stage', ({ stage }) => stage === 'waiting');
    expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'waiting', ahead: 0 });
    expect(await good(elsewhere.ask('visit:state', {}))).toMatchObject({ ahead: 1 });
    await expect(deskOpens(service, desk.signedIn)).rejects.toThrow('no_cert');
  });
});

describe('identity', () => {
  test('[N5 L3] a token of one visit ends, shortens and opens no other', async () => {
    const [a, b] = [await visitorWaits(service), await visitorWaits(service)];
    for (const why of ['left', 'quick_exit', 'unload'])
      await post('/api/visit/leave', JSON.stringify({ visitId: b.visitId, token: a.secrets.token, why }));
    expect(await b.ask('visit:state', {})).toMatchObject({ ok: true });
    const auth = { visitId: b.visitId, token: a.secrets.token, next: await digestOf(a.secrets.next) };
    await expect(connectVisitor(service, { auth })).rejects.toThrow('token_used');
    const proof = { visitId: b.visitId, proof: a.secrets.proof, next: await digestOf(a.secrets.next) };
    await expect(connectVisitor(service, { auth: proof })).rejects.toThrow('not_yours');
  });

  test('[L4] a token that was rotated twice is dead, also for ending', async () => {
    const visitor = await visitorWaits(service);
    const { token, visitId } = visitor.secrets;
    const once = await visitorReturns(service, visitor.secrets);
    await once.hears('visit:attached');
    const twice = await visitorReturns(service, visitor.secrets);
    await twice.hears('visit:attached');
    await post('/api/visit/leave', JSON.stringify({ visitId, token, why: 'quick_exit' }));
    expect(await twice.ask('visit:state', {})).toMatchObject({ ok: true });
    const auth = { visitId, token, next: await digestOf('A'.repeat(43)) };
    await expect(connectVisitor(service, { auth })).rejects.toThrow('token_used');
  });

  test('[N5] a stream too many, and numbers that go back or jump, are refused and not stored', async () => {
    const visitor = await visitorWaits(service);
    const desk = await deskOpens(service);
    await talks(desk, visitor);
    const { visitId } = visitor;
    const say = (stream: number, n: number) =>
      visitor.ask('talk:append', { frame: frameOf({ visitId, side: 'v', stream: streamName(stream), n }).frame });
    for (let stream = 1; stream <= 32; stream += 1) expect(await say(stream, 1)).toMatchObject({ ok: true });
    expect(await say(33, 1)).toEqual(refused('streams_full'));
    expect(await say(1, 3)).toEqual(refused('out_of_order'));
    expect(await say(1, 2 ** 32 - 1)).toEqual(refused('out_of_order'));
    const again = await good(say(1, 1));
    expect(again.seq).toBeLessThan(33);
    expect(await good(visitor.ask('talk:since', { seq: 0 }))).toMatchObject({ last: 33 });
  });
});
