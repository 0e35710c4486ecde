import { toBase64url } from '@clbchat/shared/base64url';
import { ORIGINS_MAX, SITES_MAX } from '@clbchat/shared/protocol/sites';
import { utf8 } from '@clbchat/shared/bytes';
import { makeIssuer, signDevice, type Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import { nextRev, SIGNED_SITES_CHARS_MAX, signSites, verifySites } from '@clbchat/shared/statement/sites';
import { sign } from '@clbchat/shared/statement/statement';
import { expect, test } from 'vitest';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 26, 17) + 400;
const SITES = {
  s_linde: { origins: ['https://www.delinde.example', 'https://*.smartschool.example'] },
  s_berk: { origins: [] },
};

async function centre() {
  const root = await makeSigningPair();
  const point = await exportPublic(root.publicKey);
  const issuer = await makeIssuer({ root: point, key: root.privateKey }, { org: 'CLB', nowMs: NOW_MS });
  return { issuer, trust: { pins: ['x'.repeat(43), await pinOf(point)], nowMs: NOW_MS, skewMsMax: 60_000 } };
}
const refused = { ok: false, why: 'chain' };
/** What no browser of ours would sign, by a key that may. */
const signedAnyway = async (issuer: Issuer, list: object, tag: 'sites' | 'device' = 'sites') =>
  `1.${issuer.rootPublic}.${issuer.statement}.${await sign(issuer.keys.privateKey, tag, list)}`;

test('[U34] whoever has the pins believes the list, its number and its time', async () => {
  const { issuer, trust } = await centre();
  const text = await signSites(issuer, { rev: 7, sites: SITES, nowMs: NOW_MS });
  expect(text).toMatch(/^[\w.-]+$/);
  expect(await verifySites(text, trust)).toEqual({
    ...{ ok: true, rev: 7, atMs: NOW_MS - 400, sites: SITES },
    issuer: await pinOf(await exportPublic(issuer.keys.publicKey)),
  });
  const other = await centre();
  expect(await verifySites(text, other.trust)).toEqual(refused);
  expect(await verifySites(text, { ...trust, pins: [] })).toEqual(refused);
});

test('[U34] a list of an issuer that has ended since stands; one signed before it or after it does not', async () => {
  const { issuer, trust } = await centre();
  const text = await signSites(issuer, { rev: 1, sites: SITES, nowMs: NOW_MS });
  expect(await verifySites(text, { ...trust, nowMs: NOW_MS + 900 * DAY_MS })).toMatchObject({ ok: true });
  await expect(signSites(issuer, { rev: 1, sites: SITES, nowMs: NOW_MS + 181 * DAY_MS })).rejects.toThrow(RangeError);
  const later = { ...trust, nowMs: NOW_MS + 900 * DAY_MS };
  for (const iat of [issuer.exp + 61, Math.floor(NOW_MS / 1_000) - 61])
    expect(await verifySites(await signedAnyway(issuer, { rev: 1, iat, sites: SITES }), later), String(iat)).toEqual({
      ok: false,
      why: 'clock',
    });
});

test('[U34] a list of the future is refused, beyond what a clock may be wrong', async () => {
  const { issuer, trust } = await centre();
  const at = (ms: number) => signSites(issuer, { rev: 1, sites: SITES, nowMs: NOW_MS + ms });
  expect(await verifySites(await at(59_000), trust)).toMatchObject({ ok: true });
  expect(await verifySites(await at(62_000), trust)).toEqual({ ok: false, why: 'clock' });
});

test('[U34] what was changed, cut, lengthened, or is another kind or version is refused, and nothing is thrown', async () => {
  const { issuer, trust } = await centre();
  const text = await signSites(issuer, { rev: 7, sites: SITES, nowMs: NOW_MS });
  const iat = Math.floor(NOW_MS / 1_000);
  const pub = await exportPublic((await makeSigningPair()).publicKey);
  const device = await signDevice(issuer, { sub: 'noor', name: 'Noor', site: 'CLB', pub, nowMs: NOW_MS });
  const [v1, root, ...parts] = text.split('.');
  const forged = toBase64url(utf8(JSON.stringify({ rev: 9, iat, sites: {}, v: 1, t: 'sites' })));
  for (const wrong of [
    '',
    '.',
    '1',
    '1.....',
    device,
    text.slice(0, -1),
    text.slice(1),
    `${text}.AA`,
    `${text}A`,
    [v1, root, ...parts.with(2, forged)].join('.'),
    [v1, root, parts[2], parts[3], parts[0], parts[1]].join('.'),
    await signedAnyway(issuer, { rev: 1, iat, sites: SITES }, 'device'),
  ])
    expect(await verifySites(wrong, trust), wrong.slice(0, 40)).toEqual(refused);
  expect(await verifySites(`2${text.slice(1)}`, trust)).toEqual({ ok: false, why: 'version' });
});

test('[U34 U36] what S5 refuses is signed by nobody and believed by nobody, and bounds come first', async () => {
  const { issuer, trust } = await centre();
  const iat = Math.floor(NOW_MS / 1_000);
  const many = (count: number, origins: string[]) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`s_${at}`, { origins }]));
  const wrong: [number, unknown][] = [
    [1, { a: { origins: ['http://school.example'] } }],
    [1, { a: { origins: ["https://a.example 'self'"] } }],
    [1, { a: { origins: ['https://*.be'] } }],
    [1, { 'a b': { origins: [] } }],
    [1, { a: { origins: [], name: 'De Linde' } }],
    [1, { a: { origins: Array.from({ length: ORIGINS_MAX + 1 }, () => 'https://a.example') } }],
    [1, many(SITES_MAX + 1, [])],
    [
      1,
      many(
        SITES_MAX,
        Array.from({ length: ORIGINS_MAX }, () => 'https://www.a.example'),
      ),
    ],
    [0, SITES],
    [1.5, SITES],
    [1, null],
  ];
  for (const [rev, sites] of wrong) {
    const said = { rev, sites: sites as typeof SITES, nowMs: NOW_MS };
    if (rev === 1 && sites && !('name' in Object(Object.values(sites)[0])))
      await expect(signSites(issuer, said)).rejects.toThrow();
    const text = await signedAnyway(issuer, { rev, iat, sites });
    expect(await verifySites(text, trust), JSON.stringify(sites).slice(0, 80)).toEqual(refused);
  }
  const long = await signedAnyway(issuer, { rev: 1, iat, sites: SITES, more: 'x'.repeat(SIGNED_SITES_CHARS_MAX) });
  expect(await verifySites(long, trust)).toEqual(refused);
  expect(await verifySites('1.'.repeat(1_000_000), trust)).toEqual(refused);
  // the longest list that may be saved can be signed
  const most = many(
    SITES_MAX,
    Array.from({ length: 12 }, (_, at) => `https://www${at}.a.example`),
  );
  const text = await signSites(issuer, { rev: 1, sites: most, nowMs: NOW_MS });
  expect(await verifySites(text, trust)).toMatchObject({ ok: true });
});

test('[U70] no list has a number that none can follow, and after each that stands a next one can be signed', async () => {
  const { issuer, trust } = await centre();
  const iat = Math.floor(NOW_MS / 1_000);
  for (const rev of [iat + 1, 2 ** 40, Number.MAX_SAFE_INTEGER])
    expect(await verifySites(await signedAnyway(issuer, { rev, iat, sites: SITES }), trust), String(rev)).toEqual(
      refused,
    );
  const far = { rev: Number.MAX_SAFE_INTEGER, sites: SITES, nowMs: NOW_MS };
  await expect(signSites(issuer, far)).rejects.toThrow(RangeError);
  // as far ahead as a clock may be wrong: the next one says a second later, and is taken once that is no further ahead
  const most = iat + 60;
  const evil = await verifySites(await signedAnyway(issuer, { rev: most, iat: most, sites: SITES }), trust);
  expect(evil).toMatchObject({ ok: true, rev: most });
  const next = await signSites(issuer, { rev: nextRev(most, NOW_MS), sites: {}, nowMs: NOW_MS });
  const after = { ...trust, nowMs: NOW_MS + 1_000 };
  expect(await verifySites(next, after)).toMatchObject({ ok: true, rev: most + 1, sites: {} });
  // whose number is small goes on at the seconds of now
  expect([nextRev(7, NOW_MS), nextRev(iat, NOW_MS)]).toEqual([iat, iat + 1]);
});
