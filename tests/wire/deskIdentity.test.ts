import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { randomToken } from '@clbchat/shared/digest';
import { refused } from '@clbchat/shared/protocol/wire';
import { assembleChain } from '@clbchat/shared/statement/certificate';
import { issueDevice, issueIssuer } from '@clbchat/shared/statement/issue';
import { exportPublic, makeSigningPair } from '@clbchat/shared/statement/signingKey';
import { proveSocket } from '@clbchat/shared/statement/socketProof';
import { connectCounsellor, deskOpens, newRequest, newShare, prove, signIn, visitorWaits } from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

describe('[N6] a counsellor is a session, a device and a seat', () => {
  test('without a session cookie there is no way in', async () => {
    await expect(connectCounsellor(service)).rejects.toThrow('no_cert');
    await expect(connectCounsellor(service, { cookie: '__Host-clb=AAAA.BBBB' })).rejects.toThrow('no_cert');
    const { cookie, binding } = await signIn(service);
    const guessed = ['', 'x', 'A'.repeat(42), 'A'.repeat(43), 'A'.repeat(44), binding, `${cookie.slice(11)}x`];
    for (const value of guessed) {
      const coming = connectCounsellor(service, { cookie: `__Host-clb=${value}` });
      await expect(coming, value).rejects.toThrow('no_cert');
    }
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
    ])
      expect(answer).toEqual(refused('no_cert'));
  });

  test('a proof must be of this socket, this session, this account, and of a key that our issuer signed, now', async () => {
    const lien = await signIn(service, 'lien');
    const samir = await signIn(service, 'samir');
    const nowS = Math.floor(service.clock.nowMs() / 1_000);
    const [rogueRoot, rogueIssuer] = await Promise.all([makeSigningPair(), makeSigningPair()]);
    const times = { nbf: nowS - 10, exp: nowS + 86_400 };
    const device = {
      org: 'CLBCh@t demo',
      sub: 'lien',
      name: 'Lien',
      site: 'CLB',
      pub: await exportPublic(lien.device.publicKey),
      ...times,
    };
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
    const sig = await proveSocket(lien.device.privateKey, {
      nonce: randomToken(32),
      binding: lien.binding,
      origin: service.origin,
    });
    expect(await replaying.ask('desk:prove', { sig, cert: lien.chain })).toEqual(refused('no_cert'));
  });

  test('an expired certificate works nowhere, also at a desk that is open', async () => {
    const lien = await signIn(service);
    const desk = await deskOpens(service, lien);
    service.clock.advance(15 * 86_400_000);
    const visitor = await visitorWaits(service);
    expect(await desk.ask('desk:take', { ticket: 'next', requestId: newRequest() })).toMatchObject({ ok: false });
    expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'waiting' });
    const { setCookie } = await service.sessions.open(lien.account, 'demo');
    const cookie = setCookie.split(';')[0] ?? '';
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
    ])
      expect(answer).toEqual(refused('not_yours'));
    await samir.ask('talk:passing', {
      ...on,
      frame: frameOf({ visitId: visitor.visitId, side: 'c', n: 1, kind: 'passing' }).frame,
    });
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
