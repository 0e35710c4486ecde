import { pinOf } from '@clbchat/shared/statement/signingKey';
import type { Issuer } from '@clbchat/shared/statement/issuer';
import { signSites, verifySites } from '@clbchat/shared/statement/sites';
import { beforeAll, expect, test } from 'vitest';
import { createSitesPage, type SavedSites, type StandingSites } from '../../console/src/model/sites/page.ts';
import type { Sites } from '../../console/src/model/sites/site.ts';
import { issuerBy, makeCentreKeys, type CentreKeys } from '../support/centreKeys.ts';

const NOW_MS = Date.UTC(2026, 10, 26, 17);
const NOW_S = NOW_MS / 1_000;
const LINDE = { origins: ['https://www.delinde.example'], name: 'De Linde' };
const BERK = { origins: ['https://berk.example'], name: 'De Berk' };
const EVIL = 'https://evil.example';

let ours: CentreKeys;
let issuer: Issuer;
beforeAll(async () => {
  ours = await makeCentreKeys();
  issuer = await issuerBy(ours, NOW_MS);
});
const nameless = (sites: Sites) =>
  Object.fromEntries(Object.entries(sites).map(([id, { origins }]) => [id, { origins }]));
const signs = (rev: number, sites: Sites, by = issuer) => signSites(by, { rev, sites: nameless(sites), nowMs: NOW_MS });
const standing = async (rev: number, sites: Sites, more: Partial<StandingSites> = {}): Promise<StandingSites> => ({
  ...{ rev, sites, signed: await signs(rev, sites), account: 'noor', pins: ours.pins, chat: 'https://chat.example' },
  ...more,
});

/** A console whose service says one thing after the other, and what it signed. */
async function opened(first: StandingSites, answers: SavedSites[] = [], before = 1) {
  const signed: string[] = [];
  const says = [first];
  let seen = before;
  const page = createSitesPage({
    read: async () => says.at(-1)!,
    write: async (rev, sites, text) => {
      signed.push(text!);
      const answer = answers.shift() ?? { is: 'written', ...first, rev: rev + 1, sites, signed: text };
      if (answer.is === 'stale') says.push(answer.now);
      return answer;
    },
    issuer: async () => issuer,
    sign: signSites,
    own: async () => ({ demo: false, chat: 'https://chat.example' }),
    stands: async () => null,
    verify: (text, pins) => verifySites(text, { pins, nowMs: NOW_MS, skewMsMax: 86_400_000 }),
    seen: async () => seen,
    remember: async (_account, rev) => void (seen = rev),
    nowMs: () => NOW_MS,
  });
  await page.open();
  const lists = async () =>
    Promise.all(
      signed.map(async (text) => {
        const found = await verifySites(text, { pins: ours.pins, nowMs: NOW_MS, skewMsMax: 86_400_000 });
        return found.ok ? { rev: found.rev, sites: found.sites } : null;
      }),
    );
  return { page, lists, seen: () => seen, signing: () => Object(page.state.peek()).signing as string };
}

test('[U71] a page that the service slips in after her press is signed by nobody, and she reads so', async () => {
  const first = await standing(3, { s_1: LINDE });
  const slipped = { s_1: { ...LINDE, origins: [...LINDE.origins, EVIL] } };
  const { page, lists, signing } = await opened(first, [
    { is: 'stale', now: { ...first, rev: 5, sites: slipped }, by: 'Amal' },
  ]);
  expect(signing()).toBe('here');
  expect(await page.save('s_2', BERK, undefined)).toEqual({ is: 'unproven' });
  expect([await lists(), signing()]).toEqual([
    [{ rev: NOW_S, sites: nameless({ s_1: LINDE, s_2: BERK }) }],
    'unproven',
  ]);
  expect(await page.save('s_2', BERK, undefined)).toEqual({ is: 'unproven' });
  expect(await lists()).toHaveLength(1);
});

test('[U71] what a colleague signed meanwhile is gone on from, and so is a name that the service alone knows', async () => {
  const first = await standing(3, { s_1: LINDE });
  const theirs = await standing(5, { s_1: { ...LINDE, name: 'Linde' }, s_3: { origins: ['https://els.example'] } });
  const { page, lists, seen } = await opened(first, [{ is: 'stale', now: theirs, by: 'Amal' }]);
  expect(await page.save('s_2', BERK, undefined)).toEqual({ is: 'saved' });
  expect((await lists()).at(-1)).toEqual({ rev: NOW_S, sites: nameless({ ...theirs.sites, s_2: BERK }) });
  expect(seen()).toBe(NOW_S);
});

test('[U71] a list that differs from the one that was signed, or an earlier one than this browser saw, opens nothing', async () => {
  const other = await makeCentreKeys();
  const foreign = await signs(9, { s_1: LINDE }, await issuerBy(other, NOW_MS));
  const cases: [string, StandingSites, number][] = [
    ['unproven', await standing(3, { s_1: LINDE }, { sites: { s_1: { origins: [EVIL] } } }), 1],
    ['unproven', await standing(3, { s_1: LINDE }, { sites: { s_1: LINDE, s_9: { origins: [EVIL] } } }), 1],
    ['unproven', await standing(3, { s_1: LINDE }, { sites: {} }), 1],
    ['unproven', await standing(3, { s_1: LINDE }), 4],
    ['unproven', await standing(3, { s_1: LINDE }, { signed: '' }), 4],
    ['unproven', await standing(3, { s_1: LINDE }, { signed: foreign }), 4],
    ['unproven', await standing(3, {}, { signed: '' }), 4],
    ['unsigned', await standing(3, { s_1: LINDE }, { signed: foreign }), 0],
    ['unsigned', await standing(3, { s_1: LINDE }), 0],
    ['unsigned', await standing(3, {}, { signed: '' }), 0],
    ['here', await standing(3, { s_1: LINDE }), 3],
  ];
  for (const [expected, says, before] of cases) {
    const { signing, page, lists } = await opened(says, [], before);
    expect(signing()).toBe(expected);
    if (expected === 'here') continue;
    const outcome = await page.save('s_2', BERK, undefined);
    expect([outcome.is === 'unproven' || outcome.is === 'unsigned', await lists()]).toEqual([true, []]);
  }
});

test('[U71] the number of the next list comes from the one that verified, whatever the service says of it', async () => {
  const first = { ...(await standing(3, { s_1: LINDE })), signed: await signs(NOW_S + 60, { s_1: LINDE }) };
  const { page, lists } = await opened({ ...first, rev: Number.MAX_SAFE_INTEGER - 1 });
  expect(await page.save('s_2', BERK, undefined)).toEqual({ is: 'saved' });
  expect(await lists()).toMatchObject([{ rev: NOW_S + 61 }]);
});

test('[U72] a snippet has the pins and the chat that this browser knows, and there is none beside a service that names others', async () => {
  const evil = (await makeCentreKeys()).pins[0];
  const honest = await standing(3, { s_1: LINDE });
  const { page } = await opened({ ...honest, pins: [...ours.pins].toReversed() });
  expect(page.facts.peek()).toEqual({ chat: 'https://chat.example', pins: [...ours.pins] });
  expect(page.facts.peek()!.pins).toContain(await pinOf(issuer.rootPublic));
  for (const lie of [
    { pins: [ours.pins[0], evil] },
    { pins: [...ours.pins, evil] },
    { pins: [evil] },
    { chat: EVIL },
  ]) {
    const lied = await opened({ ...honest, ...lie });
    expect([lied.signing(), lied.page.facts.peek()]).toEqual(['stranger', null]);
    expect(await lied.page.save('s_2', BERK, undefined)).toEqual({ is: 'unproven' });
    expect(await lied.lists()).toEqual([]);
  }
});
