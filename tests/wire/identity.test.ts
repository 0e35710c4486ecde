import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { digestOf, randomToken, visitIdOf } from '@clbchat/shared/digest';
import { refused } from '@clbchat/shared/protocol/wire';
import { assembleChain } from '@clbchat/shared/statement/certificate';
import { issueDevice, issueIssuer } from '@clbchat/shared/statement/issue';
import { exportPublic, makeSigningPair } from '@clbchat/shared/statement/signingKey';
import { proveSocket } from '@clbchat/shared/statement/socketProof';
import {
  connectCounsellor,
  connectVisitor,
  deskOpens,
  joinInput,
  newRequest,
  newSecrets,
  newShare,
  prove,
  signIn,
  visitorReturns,
  visitorWaits,
  type Secrets,
} from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { startService, type TestService } from '../support/service.ts';
import { accepts, good, talks } from '../support/talk.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const tokenAuth = async ({ visitId }: Pick<Secrets, 'visitId'>, token: string) => ({ visitId, token, next: await digestOf(randomToken(32)) });

describe('[N5] a visitor is who has the token or the proof', () => {
  test('the token of one visit opens no other', async () => {
    const [a, b] = [await visitorWaits(service), await visitorWaits(service)];
    await expect(connectVisitor(service, { auth: await tokenAuth(b.secrets, a.secrets.token) })).rejects.toThrow('token_used');
    expect(await b.ask('visit:state', {})).toMatchObject({ ok: true });
  });

  test('a token that was replaced is refused; the one before only while its answer may have been lost', async () => {
    const visitor = await visitorWaits(service);
    const first = visitor.secrets.token;
    await visitorReturns(service, visitor.secrets);
    const again = { auth: await tokenAuth(visitor.secrets, first) };
    const second = await connectVisitor(service, again);
    await second.hears('visit:attached');
    await visitor.closed;
    await expect(connectVisitor(service, { auth: await tokenAuth(visitor.secrets, visitor.secrets.token) })).rejects.toThrow('token_used');
  });

  test('a proof opens the visit that it names, and no other', async () => {
    const visitor = await visitorWaits(service);
    const next = await digestOf(randomToken(32));
    const { visitId, proof } = visitor.secrets;
    await expect(connectVisitor(service, { auth: { visitId, proof: randomToken(32), next } })).rejects.toThrow('not_yours');
    const back = await connectVisitor(service, { auth: { visitId, proof, next } });
    expect(await back.hears('visit:attached')).toMatchObject({ visitId });
    expect(await visitor.closed).toBe('io server disconnect');
    expect(visitor.heard('visit:replaced')).toHaveLength(1);
  });

  test('after the end nothing opens it again', async () => {
    const visitor = await visitorWaits(service);
    await good(visitor.ask('visit:end', { why: 'quick_exit' }));
    const { visitId, proof, token } = visitor.secrets;
    await expect(connectVisitor(service, { auth: await tokenAuth(visitor.secrets, token) })).rejects.toThrow('lost');
    await expect(connectVisitor(service, { auth: { visitId, proof, next: await digestOf('x') } })).rejects.toThrow('lost');
    expect(await visitor.ask('visit:state', {})).toEqual(refused('ended'));
    expect(await visitor.ask('visit:end', { why: 'left' })).toEqual({ ok: true, value: null });
  });

  test('an id that somebody else proved is not to be had by joining', async () => {
    const visitor = await visitorWaits(service);
    const other = await connectVisitor(service);
    const input = { ...(await joinInput(await newSecrets())), proof: visitor.secrets.proof };
    expect(await other.ask('visit:join', input)).toEqual(refused('not_yours'));
  });

  test('who has not joined has nothing', async () => {
    const nobody = await connectVisitor(service);
    expect(await nobody.ask('visit:state', {})).toEqual(refused('lost'));
    expect(await nobody.ask('talk:since', { seq: 0 })).toEqual(refused('lost'));
    expect(await nobody.ask('key:ask', { epoch: 1 })).toEqual(refused('lost'));
  });

  test('another proof on the same socket ends the first visit', async () => {
    const visitor = await visitorWaits(service);
    const next = await newSecrets();
    expect(await good(visitor.ask('visit:join', await joinInput(next)))).toMatchObject({ visitId: await visitIdOf(next.proof), ticket: 2 });
    expect((await service.live.queue.facts()).places).toHaveLength(1);
  });
});

describe('[N5] a frame speaks for its own visit, side and kind only', () => {
  test('everything else is refused and never stored', async () => {
    const visitor = await visitorWaits(service);
    const desk = await deskOpens(service);
    const other = await visitorWaits(service);
    await talks(desk, visitor);
    const { visitId } = visitor;
    const mine = frameOf({ visitId, side: 'v', n: 1 }).frame;
    const bad = {
      'of another visit': frameOf({ visitId: other.visitId, side: 'v', n: 1 }).frame,
      'of the other side': frameOf({ visitId, side: 'c', n: 2 }).frame,
      'not to be stored': frameOf({ visitId, side: 'v', n: 1, kind: 'passing' }).frame,
      'of another version': `B${mine.slice(1)}`,
      'a character short': mine.slice(1),
      'a character long': `${mine}A`,
      'number zero': frameOf({ visitId, side: 'v', n: 0 }).frame,
      'epoch zero': frameOf({ visitId, side: 'v', n: 1, epoch: 0 }).frame,
    };
    for (const [what, frame] of Object.entries(bad)) expect(await visitor.ask('talk:append', { frame }), what).toEqual(refused('frame_bad'));
    expect(await visitor.ask('talk:restore', { frames: [mine, bad['of the other side']] })).toEqual(refused('frame_bad'));

    const wrong = {
      stale_epoch: frameOf({ visitId, side: 'v', n: 1, epoch: 2 }).frame,
      out_of_order: frameOf({ visitId, side: 'v', n: 2 ** 32 - 1 }).frame,
    };
    for (const [code, frame] of Object.entries(wrong)) expect(await visitor.ask('talk:append', { frame })).toEqual({ ok: false, code });
    expect(await good(visitor.ask('talk:since', { seq: 0 }))).toMatchObject({ last: 1 });
  });
});

describe('[N6] a counsellor is a session, a device and a seat', () => {
  test('without a session cookie there is no way in', async () => {
    await expect(connectCounsellor(service)).rejects.toThrow('no_cert');
    await expect(connectCounsellor(service, { cookie: '__Host-clb=AAAA.BBBB' })).rejects.toThrow('no_cert');
    const { cookie } = await signIn(service);
    const [payload, signature] = cookie.replace('__Host-clb=', '').split('.');
    const other = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()), account: 'samir' }));
    await expect(connectCounsellor(service, { cookie: `__Host-clb=${other.toString('base64url')}.${signature}` })).rejects.toThrow('no_cert');
    await expect(connectCounsellor(service, { cookie: `${cookie}; ${cookie}` })).rejects.toThrow('no_cert');
  });

  test('a session ends by itself', async () => {
    const { cookie } = await signIn(service);
    service.clock.advance(service.limits.sessionMs + 1);
    await expect(connectCounsellor(service, { cookie })).rejects.toThrow('no_cert');
  });

  test('a visitor who sends events of a desk is let go', async () => {
    for (const event of ['desk:take', 'desk:enter', 'desk:end', 'offer:accept', 'desk:block', 'transfer:ask']) {
      const visitor = await visitorWaits(service);
      expect(await visitor.send(event, { ticket: 'next', requestId: newRequest() })).toBeNull();
    }
    expect((await service.live.queue.facts()).places).toHaveLength(6);
  });

  test('a cookie alone sees and does nothing', async () => {
    await visitorWaits(service);
    const { cookie } = await signIn(service);
    const thief = await connectCounsellor(service, { cookie });
    for (const answer of [
      await thief.ask('desk:state', {}),
      await thief.ask('desk:enter', { slots: 1, status: 'available' }),
      await thief.ask('desk:take', { ticket: 'next', requestId: newRequest() }),
      await thief.ask('offer:accept', { offerNo: 1, requestId: newRequest() }),
    ]) expect(answer).toEqual(refused('no_cert'));
  });

  test('a proof must be of this socket, this session, this account, and of a key that our issuer signed, now', async () => {
    const lien = await signIn(service, 'lien');
    const samir = await signIn(service, 'samir');
    const nowS = Math.floor(service.clock.nowMs() / 1_000);
    const [rogueRoot, rogueIssuer] = await Promise.all([makeSigningPair(), makeSigningPair()]);
    const times = { nbf: nowS - 10, exp: nowS + 86_400 };
    const device = { org: 'CLBCh@t demo', sub: 'lien', name: 'Lien', site: 'CLB', pub: await exportPublic(lien.device.publicKey), ...times };
    const rogue = assembleChain(
      await exportPublic(rogueRoot.publicKey),
      await issueIssuer(rogueRoot, { org: 'CLBCh@t demo', pub: await exportPublic(rogueIssuer.publicKey), ...times }),
      await issueDevice(rogueIssuer, device),
    );
    const attempts = {
      'another account': { ...lien, chain: samir.chain, device: samir.device },
      'another session': { ...lien, binding: samir.binding },
      'another key': { ...lien, device: await makeSigningPair() },
      'a root of their own': { ...lien, chain: rogue },
      'half a chain': { ...lien, chain: lien.chain.slice(0, -90) },
    };
    for (const [what, attempt] of Object.entries(attempts)) {
      const client = await connectCounsellor(service, { cookie: lien.cookie });
      expect(await prove(service, client, attempt), what).toEqual(refused('no_cert'));
      expect(await client.closed).toBe('io server disconnect');
    }
    const replaying = await connectCounsellor(service, { cookie: lien.cookie });
    await replaying.hears('desk:challenge');
    const sig = await proveSocket(lien.device.privateKey, { nonce: randomToken(32), binding: lien.binding, origin: service.origin });
    expect(await replaying.ask('desk:prove', { sig, cert: lien.chain })).toEqual(refused('no_cert'));
  });

  test('an expired certificate works nowhere, also at a desk that is open', async () => {
    const lien = await signIn(service);
    const desk = await deskOpens(service, lien);
    service.clock.advance(15 * 86_400_000);
    const visitor = await visitorWaits(service);
    expect(await desk.ask('desk:take', { ticket: 'next', requestId: newRequest() })).toMatchObject({ ok: false });
    expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'waiting' });
    const cookie = service.sessions.open(lien.account).setCookie.split(';')[0] ?? '';
    const late = await connectCounsellor(service, { cookie });
    expect(await prove(service, late, lien)).toEqual(refused('no_cert'));
  });

  test('one counsellor can do nothing in the conversation of another', async () => {
    const visitor = await visitorWaits(service);
    const lien = await deskOpens(service, 'lien');
    const talk = await talks(lien, visitor);
    const samir = await deskOpens(service, 'samir');
    const { frame } = frameOf({ visitId: visitor.visitId, side: 'c', n: 2 });
    const { on } = talk;
    for (const answer of [
      await samir.ask('talk:append', { ...on, frame }),
      await samir.ask('talk:since', { ...on, seq: 0 }),
      await samir.ask('talk:restore', { ...on, frames: [frame] }),
      await samir.ask('key:offer', { ...on, epoch: 2, keyOffer: 'a.key' }),
      await samir.ask('key:share', { ...on, ...newShare() }),
      await samir.ask('key:opened', { ...on, epoch: 1 }),
      await samir.ask('desk:end', { ...on, why: 'done', requestId: newRequest() }),
    ]) expect(answer).toEqual(refused('not_yours'));
    await samir.ask('talk:passing', { ...on, frame: frameOf({ visitId: visitor.visitId, side: 'c', n: 1, kind: 'passing' }).frame });
    expect(visitor.heard('talk:passing')).toEqual([]);
    expect(await lien.ask('talk:append', { ...on, hold: on.hold + 1, frame })).toEqual(refused('not_yours'));
    expect(await good(lien.ask('talk:append', { ...on, frame }))).toEqual({ seq: 2 });
  });

  test('the newest window of one device has the desk; the older one is told, and closed', async () => {
    const lien = await signIn(service);
    const older = await deskOpens(service, lien);
    const newer = await deskOpens(service, lien);
    expect(await older.closed).toBe('io server disconnect');
    expect(older.heard('desk:replaced')).toHaveLength(1);
    expect(newer.state.seat).toBe(older.state.seat + 1);
  });

  test('another device takes over only knowingly, and with the visits', async () => {
    const visitor = await visitorWaits(service);
    const older = await deskOpens(service, 'lien');
    const { on } = await talks(older, visitor);
    const laptop = await signIn(service, 'lien');
    await expect(deskOpens(service, laptop)).rejects.toThrow('elsewhere');
    const newer = await deskOpens(service, laptop, { takeOver: true });
    expect(newer.state.held).toMatchObject([{ visitId: visitor.visitId, hold: on.hold }]);
    await older.closed;
  });

  test('before it sits at a desk a proved console can only sit down', async () => {
    const lien = await signIn(service);
    const client = await connectCounsellor(service, { cookie: lien.cookie });
    expect(await prove(service, client, lien)).toEqual({ ok: true, value: { name: 'Lien', demo: true } });
    expect(await client.ask('desk:state', {})).toEqual(refused('not_available'));
  });
});

describe('[R1] of fifty who reach for one visitor at once', () => {
  test('one counsellor wins, whatever is pressed how often', async () => {
    const picked = await startService({ rules: { routing: 'picked' } });
    const desks = [await deskOpens(picked, 'lien', { slots: 3 }), await deskOpens(picked, 'samir', { slots: 3 })];
    for (let ticket = 1; ticket <= 20; ticket += 1) {
      const visitor = await visitorWaits(picked);
      const presses = Array.from({ length: 50 }, async (_, at) => {
        const answer = await desks[at % 2]!.ask('desk:take', { ticket, requestId: newRequest() });
        return answer.ok ? `won by ${at % 2} as ${answer.value.hold}` : answer.code;
      });
      const answers = await Promise.all(presses);
      expect(answers.filter((each) => each.startsWith('won'))).toHaveLength(1);
      expect(answers.filter((each) => /^(taken|nobody_waiting)$/.test(each))).toHaveLength(49);
      await good(visitor.ask('visit:end', { why: 'left' }));
      visitor.leave();
    }
    await picked.stop();
  });

  test('one of fifty counsellors wins', async () => {
    const picked = await startService({ rules: { routing: 'picked' } });
    const { presence, routing } = picked.live;
    const seats = Array.from({ length: 50 }, async (_, at) => {
      const account = `staff-${at}` as AccountId;
      const dev = randomToken(32) as Digest;
      const certExpMs = picked.clock.nowMs() + 86_400_000;
      const entered = await presence.enter({ account, dev, certExpMs, serves: null, slots: 1, status: 'available', takeOver: false });
      return { account, seat: entered.is === 'entered' ? entered.seat : 0 };
    });
    const desks = await Promise.all(seats);
    await visitorWaits(picked);
    const results = await Promise.all(desks.map((desk) => routing.take({ ...desk, ticket: 1, requestId: newRequest() })));
    expect(results.filter(({ is }) => is === 'taken_over')).toHaveLength(1);
    expect(results.filter(({ is }) => is === 'taken' || is === 'nobody_waiting')).toHaveLength(49);
    await picked.stop();
  });
});

test('[N6] a ring is answered by who hears it', async () => {
  await visitorWaits(service);
  const lien = await deskOpens(service, 'lien');
  const { offerNo } = await lien.hears('offer:ring');
  const samir = await deskOpens(service, 'samir');
  expect(await samir.ask('offer:accept', { offerNo, requestId: newRequest() })).toEqual(refused('gone'));
  expect(await samir.ask('offer:decline', { offerNo })).toEqual(refused('gone'));
  await accepts(lien);
});
