import { limits } from '@clbchat/shared/limits';
import { dayOf } from '@clbchat/server/accounts/days.rules';
import { readEntry } from '@clbchat/server/records/audit.rules';
import { memoryRecords } from '@clbchat/server/records/records.model';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import { refused } from '@clbchat/shared/protocol/wire';
import { issueDevice } from '@clbchat/shared/statement/issue';
import type { Issuer } from '@clbchat/shared/statement/issuer';
import { assembleChain } from '@clbchat/shared/statement/certificate';
import { pinOf } from '@clbchat/shared/statement/signingKey';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  asks,
  chainOf,
  codeOf,
  computer,
  get,
  issuerBy,
  issuerPart,
  makeCentreKeys,
  posts,
  send,
  type AtConsole,
  type CentreKeys,
  type Computer,
} from '../support/centreKeys.ts';
import {
  connectCounsellor,
  deskOpens,
  newRequest,
  prove,
  signIn,
  visitorWaits,
  type SignedIn,
} from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { talks } from '../support/talk.ts';

const DAY_MS = 86_400_000;
let centre: CentreKeys;
let other: CentreKeys;
beforeAll(async () => {
  [centre, other] = await Promise.all([makeCentreKeys(), makeCentreKeys()]);
});

let service: TestService;
let records: RecordsStore;
let pins: string[];
let lien: AtConsole & SignedIn;
let samir: AtConsole & SignedIn;
let noor: AtConsole & SignedIn;
beforeEach(async () => {
  pins = [...centre.pins];
  service = await startService({
    pins,
    passkeys: 'too',
    async records(clock) {
      records = memoryRecords(clock);
      return records;
    },
  });
  await signInAnew();
  samir = { ...(await signIn(service, 'samir')), service };
  // what the demonstration signed for them is not looked at here
  for (const { id, account } of await service.devices.list()) await service.devices.remove(id, account);
});
afterEach(() => service.stop());

/** A session lasts ten hours, a certificate days. */
async function signInAnew(): Promise<void> {
  noor = { ...(await signIn(service, 'noor')), service };
  lien = { ...(await signIn(service, 'lien')), service };
}
async function later(days: number): Promise<void> {
  service.clock.advance(days * DAY_MS);
  await signInAnew();
}
async function change(id: string, to: object): Promise<void> {
  const row = (await service.records.get({ kind: 'account', id }))!;
  const text = JSON.stringify({ ...(JSON.parse(row.text) as object), ...to });
  await service.records.write([{ kind: 'account', id, rev: row.rev, text }], null);
}
const nowMs = () => service.clock.nowMs();
const acts = async () =>
  (await records.audit()).entries.flatMap((text) => {
    const entry = readEntry(text);
    return entry && ['device', 'issuer'].includes(entry.act.split('_')[0]!) && entry.by !== '@demo' ? [entry.act] : [];
  });
/** Everything that is kept of computers. */
const kept = async () =>
  Promise.all((['device', 'ask', 'issuer'] as const).map(async (kind) => (await records.list(kind)).length));

async function noorsIssuer(): Promise<Issuer> {
  const issuer = await issuerBy(centre, nowMs());
  expect(codeOf(await posts(noor, issuer))).toBe('200 ok');
  return issuer;
}
const signs = (chain: string, who: AtConsole = noor) => send(who, '/api/devices/sign', { chain });
const renews = (chain: string, who: AtConsole = noor) => send(who, '/api/devices/renew', { chain });

/** A computer of Lien's that was asked for and signed. */
async function enrolled(issuer: Issuer): Promise<Computer & { chain: string }> {
  const one = await computer();
  expect(codeOf(await asks(lien, one))).toBe('200 ok');
  const chain = await chainOf(issuer, { sub: 'lien', pub: one.pub }, nowMs());
  expect(codeOf(await signs(chain))).toBe('200 ok');
  return { ...one, chain };
}
/** As her console sits down with it. */
const onIt = ({ keys, chain }: Computer & { chain: string }): SignedIn => ({ ...lien, device: keys, chain });
async function proves(who: SignedIn): Promise<unknown> {
  const client = await connectCounsellor(service, { cookie: who.cookie });
  const proved = await prove(service, client, who);
  client.leave();
  return proved;
}

describe('[O18] asking', () => {
  test('stands for a day under the key’s own digest, is no news twice, and of more than three the oldest makes room [G83]', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(computer));
    expect(codeOf(await asks(lien, all[0]!))).toBe('200 ok');
    expect(codeOf(await asks(lien, all[0]!))).toBe('200 ok');
    expect(await kept()).toEqual([0, 1, 0]);
    for (const one of all.slice(1, 3)) expect(codeOf(await asks(lien, one))).toBe('200 ok');
    expect(codeOf(await asks(samir, all[3]!))).toBe('200 ok');
    const said = JSON.parse((await get(lien, '/api/devices')).body) as { nowMs: number; asks: string[] };
    expect([said.nowMs, said.asks.toSorted()]).toEqual([
      nowMs(),
      all
        .slice(0, 3)
        .map(({ id }) => id)
        .toSorted(),
    ]);
    service.clock.advance(DAY_MS);
    expect(await kept()).toEqual([0, 0, 0]);
  });

  test('is for who holds the key, in this session, and for the account that asked first', async () => {
    const one = await computer();
    const strange = await computer();
    expect(codeOf(await asks(lien, { ...one, keys: strange.keys }))).toBe('400 malformed');
    expect(codeOf(await asks({ ...lien, account: 'samir' }, one))).toBe('400 malformed');
    expect(codeOf(await asks(lien, one))).toBe('200 ok');
    expect(codeOf(await asks(samir, one))).toBe('409 taken');
    const others = await Promise.all([computer(), computer()]);
    const atOnce = await Promise.all(others.flatMap((each) => [asks(lien, each), asks(lien, each)]));
    expect(atOnce.map(codeOf)).toEqual(['200 ok', '200 ok', '200 ok', '200 ok']);
    expect(await kept()).toEqual([0, 3, 0]);
  });
});

describe('[O21] an issuer', () => {
  test('comes on record by a root of this centre alone, from who holds its key, and is an act', async () => {
    const issuer = await issuerBy(centre, nowMs());
    expect(codeOf(await posts(noor, await issuerBy(other, nowMs())))).toBe('409 other_pins');
    expect(codeOf(await posts(noor, await issuerBy(centre, nowMs() - 200 * DAY_MS)))).toBe('409 clock');
    const keys = (await issuerBy(centre, nowMs())).keys;
    expect(codeOf(await posts(noor, { ...issuer, keys }))).toBe('409 chain');
    expect(codeOf(await posts(noor, { ...issuer, statement: `${issuer.statement.slice(0, -3)}AAA` }))).toBe(
      '409 chain',
    );
    expect(await kept()).toEqual([0, 0, 0]);
    expect((await Promise.all([posts(noor, issuer), posts(noor, issuer)])).map(codeOf)).toEqual(['200 ok', '200 ok']);
    expect([await kept(), await acts()]).toEqual([
      [0, 0, 1],
      ['device_removed', 'device_removed', 'device_removed', 'issuer_made'],
    ]);
    const id = await pinOf((await readIssuer(issuer)).pub);
    await change('samir', { roles: ['coordinator'] });
    expect(codeOf(await posts(samir, issuer))).toBe('409 taken');
    expect(codeOf(await send(noor, '/api/issuers/remove', { id }))).toBe('200 ok');
    expect(codeOf(await posts(noor, issuer))).toBe('409 revoked');
  });

  test('a service without pins says so, for a device, too', async () => {
    const issuer = await issuerBy(centre, nowMs());
    pins.length = 0;
    expect(codeOf(await posts(noor, issuer))).toBe('409 no_pins');
    const chain = await chainOf(issuer, { sub: 'lien', pub: (await computer()).pub }, nowMs());
    expect(codeOf(await signs(chain))).toBe('409 no_pins');
  });
});
async function readIssuer(issuer: Issuer): Promise<{ pub: string }> {
  const { verifyIssuer } = await import('@clbchat/shared/statement/chain');
  const found = await verifyIssuer(issuerPart(issuer), { pins: centre.pins, nowMs: nowMs(), skewMsMax: 0 });
  if (!found.ok) throw new Error(found.why);
  return found.issuer;
}

describe('[O19] a first signing', () => {
  test('writes the device, ends what was asked and is an act, in one step; then it may chat', async () => {
    const issuer = await noorsIssuer();
    const one = await enrolled(issuer);
    expect(await kept()).toEqual([1, 0, 1]);
    expect((await acts()).slice(-2)).toEqual(['issuer_made', 'device_signed']);
    expect(await proves(onIt(one))).toMatchObject({ ok: true, value: { name: 'Lien' } });
    const mine = JSON.parse((await get(lien, '/api/devices')).body) as { devices: unknown[] };
    expect(mine.devices).toEqual([{ id: one.id, made: dayOf(nowMs()), chain: one.chain }]);
  });

  test('of what nobody asked, of somebody else’s, by another centre, at another time: a code for each, and nothing is kept', async () => {
    const issuer = await noorsIssuer();
    const one = await computer();
    await asks(lien, one);
    const before = [await kept(), (await acts()).length];
    const good = { sub: 'lien', pub: one.pub };
    const chain = await chainOf(issuer, good, nowMs());
    const nowS = Math.floor(nowMs() / 1_000);
    const times = { nbf: nowS, exp: nowS + 3_600 };
    const says = { ...good, name: 'Lien', site: 'CLB', ...times };
    const otherOrg = await issueDevice(issuer.keys, { ...says, org: 'Een ander' });
    const refusals: [string, string][] = [
      ['409 other_pins', await chainOf(await issuerBy(other, nowMs()), good, nowMs())],
      ['409 issuer', await chainOf(await issuerBy(centre, nowMs()), good, nowMs())],
      ['409 clock', await chainOf(issuer, good, nowMs() + 2 * DAY_MS)],
      ['409 clock', await chainOf(issuer, good, nowMs() - 20 * DAY_MS)],
      ['409 chain', assembleChain(issuer.rootPublic, issuer.statement, otherOrg)],
      ['409 chain', chain.slice(0, -4) + 'AAAA'],
      ['409 other_pins', 'a.b.c'],
      ['409 disabled', await chainOf(issuer, { ...good, sub: 'nobody' }, nowMs())],
      ['404 gone', await chainOf(issuer, { ...good, sub: 'samir' }, nowMs())],
      ['404 gone', await chainOf(issuer, { sub: 'lien', pub: (await computer()).pub }, nowMs())],
    ];
    for (const [code, one] of refusals) expect([code, codeOf(await signs(one))]).toEqual([code, code]);
    expect(codeOf(await signs('x'.repeat(5_000)))).toBe('400 malformed');
    expect([await kept(), (await acts()).length]).toEqual(before);
    await change('lien', { disabled: true });
    expect(codeOf(await signs(chain))).toBe('409 disabled');
    await change('lien', { disabled: false });
    expect(codeOf(await signs(chain))).toBe('200 ok');
  });

  test('by two coordinators, and by presses at once: one signs, the same again is well, and the other is told', async () => {
    const issuer = await noorsIssuer();
    await change('samir', { roles: ['coordinator'] });
    const second = await issuerBy(centre, nowMs());
    expect(codeOf(await posts(samir, second))).toBe('200 ok');
    const one = await computer();
    await asks(lien, one);
    const chains = [issuer, second].map((by) => chainOf(by, { sub: 'lien', pub: one.pub }, nowMs()));
    const [hers, theirs] = (await Promise.all(chains)) as [string, string];
    const answers = await Promise.all([signs(hers), signs(hers), signs(theirs, samir)]);
    const codes = answers.map(codeOf);
    expect([codes[0], codes[1]]).toEqual([codes[0], codes[0]]);
    expect(codes.toSorted()).toEqual(
      codes[2] === '200 ok' ? ['200 ok', '404 gone', '404 gone'] : ['200 ok', '200 ok', '404 gone'],
    );
    expect((await acts()).filter((act) => act === 'device_signed')).toHaveLength(1);
    expect(codeOf(await signs(hers, samir))).toBe('409 issuer'); // another's issuer is not hers
  });
});

describe('[O20] what seats a device', () => {
  test('is the very certificate on record, by an issuer that stands', async () => {
    const issuer = await noorsIssuer();
    const one = await enrolled(issuer);
    const sameKey = await chainOf(issuer, { sub: 'lien', pub: one.pub, name: 'Een ander' }, nowMs());
    expect(await proves(onIt({ ...one, chain: sameKey }))).toEqual(refused('no_cert'));
    expect(await proves(onIt(one))).toMatchObject({ ok: true });
    await send(noor, '/api/issuers/remove', { id: await pinOf((await readIssuer(issuer)).pub) });
    expect(await proves(onIt(one))).toEqual(refused('no_cert'));
  });

  test('two devices of one person work one beside the other', async () => {
    const issuer = await noorsIssuer();
    const [one, two] = [await enrolled(issuer), await enrolled(issuer)];
    expect([await proves(onIt(one)), await proves(onIt(two))]).toMatchObject([{ ok: true }, { ok: true }]);
  });
});

describe('[O22] taking away', () => {
  test('a device: its sockets close at once, its seat is free, and whom it held comes to the front', async () => {
    const issuer = await noorsIssuer();
    const [one, two] = [await enrolled(issuer), await enrolled(issuer)];
    const visitor = await visitorWaits(service);
    const desk = await deskOpens(service, onIt(one), { slots: 1 });
    await talks(desk, visitor);
    expect(codeOf(await send(samir, '/api/devices/remove', { id: one.id }))).toBe('404 gone');
    expect(codeOf(await send(lien, '/api/devices/remove', { id: one.id }))).toBe('200 ok');
    await desk.closed;
    await visitor.hears('visit:stage', ({ stage }: { stage: string }) => stage === 'waiting');
    expect(await proves(onIt(one))).toEqual(refused('no_cert'));
    expect(await proves(onIt(two))).toMatchObject({ ok: true });
    expect(codeOf(await asks(lien, one))).toBe('200 ok');
    expect(codeOf(await send(noor, '/api/devices/remove', { id: two.id }))).toBe('200 ok');
    expect((await acts()).slice(-2)).toEqual(['device_removed', 'device_removed_of_another']);
  });

  test('[T12] a colleague’s device or an issuer is shown to every other coordinator, and asks her to show nothing', async () => {
    const issuer = await noorsIssuer();
    const [hers, own] = [await enrolled(issuer), await enrolled(issuer)];
    await change('samir', { roles: ['coordinator'] });
    const news = async ({ cookie }: typeof noor) => {
      const answer = await request(service, 'GET', '/api/team', { headers: { ...fromOurPage(service), cookie } });
      return (JSON.parse(answer.body) as { news: { by: string; act: string; about: string }[] }).news;
    };
    const before = await news(samir);
    await service.advance(service.limits.stepUpMs);
    expect(codeOf(await send(lien, '/api/devices/remove', { id: own.id }))).toBe('200 ok');
    expect(await news(samir)).toEqual(before); // what is somebody's own is no news
    expect(codeOf(await send(noor, '/api/devices/remove', { id: hers.id }))).toBe('200 ok');
    const id = await pinOf((await readIssuer(issuer)).pub);
    expect(codeOf(await send(noor, '/api/issuers/remove', { id }))).toBe('200 ok');
    expect(await news(samir)).toMatchObject([
      { by: 'noor', act: 'issuer_removed', about: id },
      { by: 'noor', act: 'device_removed_of_another', about: hers.id },
      ...before,
    ]);
    expect((await news(noor)).map(({ act }) => act)).not.toContain('device_removed_of_another');
  });

  test('an issuer: every device that it signed is out, until another coordinator signs them again, once she showed that it is she [O60]', async () => {
    const issuer = await noorsIssuer();
    const one = await enrolled(issuer);
    await change('samir', { roles: ['coordinator'] });
    const second = await issuerBy(centre, nowMs());
    await posts(samir, second);
    const desk = await deskOpens(service, onIt(one));
    const id = await pinOf((await readIssuer(issuer)).pub);
    expect(codeOf(await send(samir, '/api/issuers/remove', { id }))).toBe('200 ok');
    await desk.closed;
    const chain = await chainOf(second, { sub: 'lien', pub: one.pub }, nowMs());
    await service.advance(limits.stepUpMs);
    expect(codeOf(await renews(chain, samir))).toBe('403 step_up');
    expect(await proves(onIt({ ...one, chain }))).toEqual(refused('no_cert'));
    const now = { ...(await signIn(service, 'samir')), service };
    expect(codeOf(await renews(chain, now))).toBe('200 ok');
    expect(await proves(onIt(one))).toEqual(refused('no_cert'));
    expect(await proves(onIt({ ...one, chain }))).toMatchObject({ ok: true });
  });
});

test('[U44] each issuer is listed with whether its owner is an active coordinator now', async () => {
  await noorsIssuer();
  await change('samir', { roles: ['coordinator'] });
  await posts(samir, await issuerBy(centre, nowMs()));
  const listed = async () => {
    const all = JSON.parse((await get(noor, '/api/devices/all')).body) as {
      issuers: { account: string; active: boolean }[];
    };
    return Object.fromEntries(all.issuers.map(({ account, active }) => [account, active]));
  };
  expect(await listed()).toEqual({ noor: true, samir: true });
  for (const to of [{ roles: ['counsellor'] }, { roles: ['coordinator'], disabled: true }]) {
    await change('samir', to);
    expect(await listed()).toEqual({ noor: true, samir: false });
  }
});

describe('[O23] renewing', () => {
  test('is for the last seven days and sixty more, changes nothing but times, and the one before holds until its end', async () => {
    const issuer = await noorsIssuer();
    const one = await enrolled(issuer);
    const anew = () => chainOf(issuer, { sub: 'lien', pub: one.pub }, nowMs());
    await later(6);
    expect(codeOf(await renews(await anew()))).toBe('409 early');
    await later(1.5);
    for (const lie of [{ name: 'Een ander' }, { site: 'CLB Zuid' }])
      expect(codeOf(await renews(await chainOf(issuer, { sub: 'lien', pub: one.pub, ...lie }, nowMs())))).toBe(
        '409 changed',
      );
    expect(codeOf(await renews(await chainOf(issuer, { sub: 'samir', pub: one.pub }, nowMs())))).toBe('404 gone');
    expect(codeOf(await renews(await chainOf(issuer, { sub: 'lien', pub: (await computer()).pub }, nowMs())))).toBe(
      '404 gone',
    );
    const next = await anew();
    expect((await Promise.all([renews(next), renews(next)])).map(codeOf)).toEqual(['200 ok', '200 ok']);
    expect((await acts()).filter((act) => act === 'device_renewed')).toHaveLength(1);
    expect([await proves(onIt(one)), await proves(onIt({ ...one, chain: next }))]).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
    await later(14 + 59);
    expect(await proves(onIt({ ...one, chain: next }))).toEqual(refused('no_cert'));
    const summer = await anew();
    expect(codeOf(await renews(summer))).toBe('200 ok');
    expect(await proves(onIt({ ...one, chain: summer }))).toMatchObject({ ok: true });
    await later(75);
    expect(codeOf(await renews(await anew()))).toBe('404 gone');
  });
});

test('[O28] a certificate that ends within a conversation: that goes on, and nothing new rings', async () => {
  const issuer = await noorsIssuer();
  const one = await computer();
  await asks(lien, one);
  const nowS = Math.floor(nowMs() / 1_000);
  const says = { org: issuer.org, sub: 'lien', name: 'Lien', site: 'CLB', pub: one.pub, nbf: nowS, exp: nowS + 120 };
  const chain = assembleChain(issuer.rootPublic, issuer.statement, await issueDevice(issuer.keys, says));
  expect(codeOf(await signs(chain))).toBe('200 ok');
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service, onIt({ ...one, chain }), { slots: 2 });
  const { on } = await talks(desk, visitor);
  for (let s = 0; s < 130; s += 5) await service.advance(5_000);
  await visitorWaits(service);
  await service.advance(5_000);
  expect(desk.heard('offer:ring')).toHaveLength(1);
  const { frame } = frameOf({ visitId: visitor.visitId, side: 'v', n: 1 });
  expect(await visitor.ask('talk:append', { frame })).toMatchObject({ ok: true });
  await desk.hears('talk:frame', (hint) => hint.frame === frame);
  const back = frameOf({ visitId: visitor.visitId, side: 'c', n: 1 }).frame;
  expect(await desk.send('talk:append', { ...on, frame: back })).toMatchObject({ ok: true });
});

test('[O38 O45] a connection lost or a page opened anew after the certificate ended: she comes back to whom she holds, at this device alone, and nothing new rings', async () => {
  const issuer = await noorsIssuer();
  const [one, two] = [await computer(), await computer()];
  const nowS = Math.floor(nowMs() / 1_000);
  const signed = async (on: typeof one) => {
    await asks(lien, on);
    const says = { org: issuer.org, sub: 'lien', name: 'Lien', site: 'CLB', pub: on.pub, nbf: nowS, exp: nowS + 120 };
    const chain = assembleChain(issuer.rootPublic, issuer.statement, await issueDevice(issuer.keys, says));
    expect(codeOf(await signs(chain))).toBe('200 ok');
    return onIt({ ...on, chain });
  };
  const [here, there] = [await signed(one), await signed(two)];
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service, here, { slots: 2 });
  const { on } = await talks(desk, visitor);
  for (let s = 0; s < 130; s += 5) await service.advance(5_000);
  desk.leave();
  await service.advance(10_000);

  // what her console asks before it opens a desk
  const holding = async (who: AtConsole) =>
    (JSON.parse((await get(who, '/api/devices')).body) as { holding: string | null }).holding;
  expect([await holding(lien), await holding(noor)]).toEqual([one.id, null]);

  // another computer of hers, whose certificate ended as well, takes nothing over
  await expect(deskOpens(service, there, { takeOver: true })).rejects.toThrow('prove answered no_cert');
  const back = await deskOpens(service, here, { slots: 2 });
  expect(back.state).toMatchObject({ held: [{ visitId: visitor.visitId }], rings: [] });
  const frame = frameOf({ visitId: visitor.visitId, side: 'c', n: 2 }).frame;
  expect(await back.send('talk:append', { ...on, frame })).toMatchObject({ ok: true });
  await visitor.hears('talk:frame', (hint) => hint.frame === frame);

  await visitorWaits(service);
  await service.advance(5_000);
  expect(back.heard('offer:ring')).toEqual([]);
  // once nobody is held, she does not come back
  const end = { ...on, why: 'done', requestId: newRequest() } as const;
  expect(await back.ask('desk:end', end)).toMatchObject({ ok: true });
  back.leave();
  expect(await holding(lien)).toBeNull();
  await expect(deskOpens(service, here)).rejects.toThrow('prove answered no_cert');
});
