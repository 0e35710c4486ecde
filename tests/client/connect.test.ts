import { connect } from '@clbchat/shared/client/connect';
import type { CounsellorLink, VisitorLink } from '@clbchat/shared/client/ports';
import { proveSocket } from '@clbchat/shared/statement/socketProof';
import { digestOf, randomToken } from '@clbchat/shared/digest';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cable, type Cable } from '../support/cable.ts';
import { joinInput, newSecrets, signIn, visitorWaits } from '../support/clients.ts';
import { startService, type TestService } from '../support/service.ts';
import { good } from '../support/talk.ts';

let service: TestService;
const closers: (() => unknown)[] = [];

beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  await service.stop();
});

async function line(upgrades: Cable['upgrades']): Promise<Cable> {
  const made = await cable(service.port, upgrades);
  closers.push(made.close);
  return made;
}
function open(address: string, auth: () => object = () => ({})): VisitorLink {
  const { origin } = service;
  const link = connect({ origin: address, namespace: '/visitor', auth, headers: { origin } }) as VisitorLink;
  closers.push(() => link.close());
  return link;
}
const becomes = (link: VisitorLink | CounsellorLink, is: string) =>
  vi.waitFor(() => expect(link.status.value.is).toBe(is), { timeout: 15_000 });

describe.each([
  ['by WebSocket', 'passed'],
  ['by long polling', 'refused'],
] as const)('%s', (_name, upgrades) => {
  test('[E43] nothing is asked before there is a connection; then requests are answered', async () => {
    const link = open((await line(upgrades)).address);
    expect(await link.request('visit:state', {})).toEqual({ ok: false, code: 'unavailable' });
    await becomes(link, 'online');
    const ack = await link.request('visit:state', {});
    expect(ack.ok).toBe(false);
    expect(ack).not.toEqual({ ok: false, code: 'unavailable' });
  });

  test('[E43] a refused connection says why, waits, and asks for its words anew', async () => {
    const unknown = { visitId: randomToken(16), token: randomToken(32), next: await digestOf(randomToken(32)) };
    let asked = 0;
    const link = open((await line(upgrades)).address, () => {
      asked += 1;
      return asked === 1 ? unknown : {};
    });
    await becomes(link, 'refused');
    expect(link.status.value).toEqual({ is: 'refused', code: 'token_used' });
    expect(asked).toBe(1);
    link.reconnect();
    await becomes(link, 'online');
    expect(asked).toBe(2);
  });

  test('[E43] a broken connection comes back by itself, until it is closed for good', async () => {
    const { address, pull } = await line(upgrades);
    const link = open(address);
    const seen: string[] = [];
    closers.push(link.status.subscribe(({ is }) => void seen.push(is)));
    await becomes(link, 'online');
    pull();
    await becomes(link, 'lost');
    await becomes(link, 'online');
    link.close();
    link.reconnect();
    expect(link.status.value).toEqual({ is: 'closed' });
    expect(await link.request('visit:state', {})).toEqual({ ok: false, code: 'unavailable' });
    expect(seen).toEqual(['connecting', 'online', 'lost', 'online', 'closed']);
  });

  test('[E43] whom the service lets go without a reason comes back by itself', async () => {
    const through = await line(upgrades);
    const link = open(through.address);
    await becomes(link, 'online');
    expect(await link.request('visit:join', {} as never)).toEqual({ ok: false, code: 'malformed' });
    await becomes(link, 'lost');
    await becomes(link, 'online');
  });

  test('[E61] a console proves itself, hears a ring and answers each pulse', async () => {
    const { cookie, chain, binding, device } = await signIn(service);
    const { origin } = service;
    const beats = vi.spyOn(service.live.presence, 'beat');
    const desk = connect({
      ...{ origin: (await line(upgrades)).address, namespace: '/counsellor', headers: { origin, cookie } },
    }) as CounsellorLink;
    closers.push(() => desk.close());
    const challenged = new Promise<string>((resolve) => desk.hear('desk:challenge', ({ nonce }) => resolve(nonce)));
    const rung = new Promise((resolve) => desk.hear('offer:ring', resolve));
    const sig = await proveSocket(device.privateKey, { nonce: await challenged, binding, origin });
    await good(desk.request('desk:prove', { sig, cert: chain }));
    await good(desk.request('desk:enter', { slots: 1, status: 'available' }));
    closers.push((await visitorWaits(service)).leave);
    expect(await rung).toMatchObject({ offerNo: expect.any(Number) });

    let pulses = 0;
    desk.onPulse(() => void (pulses += 1));
    await service.advance(5_000);
    await vi.waitFor(() => expect(pulses).toBe(1));
    await vi.waitFor(async () => {
      await service.advance(1_000);
      expect(beats).toHaveBeenCalledWith([expect.objectContaining({ account: 'lien' })]);
    });
  });

  test('[E61] who closes is gone at once', async () => {
    const gone = vi.spyOn(service.live.visit, 'drop');
    const link = open((await line(upgrades)).address);
    await becomes(link, 'online');
    await good(link.request('visit:join', await joinInput(await newSecrets())));
    link.close();
    await vi.waitFor(() => expect(gone).toHaveBeenCalled());
  });
});
