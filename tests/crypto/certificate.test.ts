import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from '@clbchat/shared/base64url';
import { fromUtf8, utf8 } from '@clbchat/shared/bytes';
import { keyOffer as keyOfferSchema } from '@clbchat/shared/protocol/wire';
import { assembleChain, verifyChain } from '@clbchat/shared/statement/certificate';
import { issueDevice } from '@clbchat/shared/statement/issue';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import { sign } from '@clbchat/shared/statement/statement';
import * as v from 'valibot';
import { DAY_S, NOW_MS, ORG, SAMIRA, makeAuthority, type Wishes } from './authority.ts';

const NOW_S = NOW_MS / 1_000;
const TWO_WEEKS = { nbf: NOW_S - DAY_S, exp: NOW_S + 13 * DAY_S };
const refused = { ok: false, why: 'chain' };
const clock = { ok: false, why: 'clock' };

describe('certificates', () => {
  it('[E2] a device under a pinned root is known by name, site and account', async () => {
    const { chain, trust, device } = await makeAuthority();
    const checked = await verifyChain(chain, trust);
    expect(checked).toMatchObject({ ok: true, device: { ...SAMIRA, org: ORG } });
    expect(checked.ok && checked.deviceDigest).toBe(await pinOf(await exportPublic(device.publicKey)));
    expect(v.is(keyOfferSchema, chain)).toBe(true);
  });

  it('[E2] another root, or no pin at all, is refused', async () => {
    const [ours, theirs] = await Promise.all([makeAuthority(), makeAuthority()]);
    expect(await verifyChain(theirs.chain, ours.trust)).toEqual(refused);
    expect(await verifyChain(ours.chain, { ...ours.trust, pins: [] })).toEqual(refused);
    expect(
      await verifyChain(ours.chain, { ...ours.trust, pins: [...theirs.trust.pins, ...ours.trust.pins] }),
    ).toMatchObject({ ok: true });
  });

  it('[E2] of two pinned roots each is believed, whichever signed, and a third is not', async () => {
    const [first, reserve, third] = await Promise.all([makeAuthority(), makeAuthority(), makeAuthority()]);
    const trust = { ...first.trust, pins: [...first.trust.pins, ...reserve.trust.pins] };
    for (const { chain } of [first, reserve]) expect(await verifyChain(chain, trust)).toMatchObject({ ok: true });
    expect(await verifyChain(third.chain, trust)).toEqual(refused);
    // each root stands for what it signed itself
    const mixed = first.chain
      .split('.')
      .with(1, reserve.chain.split('.')[1] ?? '')
      .join('.');
    expect(await verifyChain(mixed, trust)).toEqual(refused);
  });

  it('[E2] our root with a chain that it never signed is refused', async () => {
    const [ours, theirs] = await Promise.all([makeAuthority(), makeAuthority()]);
    const [version, root] = ours.chain.split('.');
    const rogue = [version, root, ...theirs.chain.split('.').slice(2)].join('.');
    expect(await verifyChain(rogue, ours.trust)).toEqual(refused);
  });

  it('[E2] a device signed by an issuer of somebody else is refused', async () => {
    const [ours, rogue] = await Promise.all([makeAuthority(), makeSigningPair()]);
    const pub = await exportPublic((await makeSigningPair()).publicKey);
    const device = await issueDevice(rogue, { org: ORG, ...SAMIRA, pub, ...TWO_WEEKS });
    const root = await exportPublic(ours.root.publicKey);
    expect(await verifyChain(assembleChain(root, ours.issuerStatement, device), ours.trust)).toEqual(refused);
  });

  it('[E2] an issuer cannot stand in as a device, nor a device issue another, nor the root a device', async () => {
    const ours = await makeAuthority();
    const root = await exportPublic(ours.root.publicKey);
    const device = ours.chain.split('.').slice(4).join('.');
    const pub = await exportPublic((await makeSigningPair()).publicKey);
    const below = await issueDevice(ours.device, { org: ORG, ...SAMIRA, pub, ...TWO_WEEKS });
    const byRoot = await issueDevice(ours.root, { org: ORG, ...SAMIRA, pub, ...TWO_WEEKS });
    for (const chain of [
      assembleChain(root, ours.issuerStatement, ours.issuerStatement),
      assembleChain(root, device, below),
      assembleChain(root, device, device),
      assembleChain(root, ours.issuerStatement, byRoot),
    ]) {
      expect(await verifyChain(chain, ours.trust)).toEqual(refused);
    }
  });

  it('[E2] expired or not yet valid, beyond the skew, is the clock; within it is fine', async () => {
    const at = async (wishes: Wishes) => {
      const { chain, trust } = await makeAuthority(wishes);
      return verifyChain(chain, trust);
    };
    expect(await at({ deviceTimes: { nbf: NOW_S - 9 * DAY_S, exp: NOW_S - DAY_S - 1 } })).toEqual(clock);
    expect(await at({ deviceTimes: { nbf: NOW_S - 9 * DAY_S, exp: NOW_S - DAY_S + 1 } })).toMatchObject({ ok: true });
    expect(await at({ deviceTimes: { nbf: NOW_S + DAY_S + 1, exp: NOW_S + 9 * DAY_S } })).toEqual(clock);
    expect(await at({ deviceTimes: { nbf: NOW_S + DAY_S - 1, exp: NOW_S + 9 * DAY_S } })).toMatchObject({ ok: true });
    expect(await at({ issuerTimes: { nbf: NOW_S - 90 * DAY_S, exp: NOW_S - 2 * DAY_S } })).toEqual(clock);
  });

  it('[E2] a device of another organisation than its issuer is refused', async () => {
    const { chain, trust } = await makeAuthority({ deviceOrg: 'Elders' });
    expect(await verifyChain(chain, trust)).toEqual(refused);
  });

  it('[E2] a name that somebody changed is refused', async () => {
    const { chain, trust } = await makeAuthority();
    const parts = chain.split('.');
    const payload = fromUtf8(fromBase64url(parts[4] ?? '') ?? new Uint8Array(0)) ?? '';
    parts[4] = toBase64url(utf8(payload.replace('Samira', 'Pieter')));
    expect(payload).toContain('Samira');
    expect(await verifyChain(parts.join('.'), trust)).toEqual(refused);
  });

  it('[E2] nobody is certified for longer than a device or an issuer may last, whoever signed', async () => {
    await expect(makeAuthority({ deviceTimes: { nbf: NOW_S, exp: NOW_S + 61 * DAY_S } })).rejects.toThrow(RangeError);
    await expect(makeAuthority({ issuerTimes: { nbf: NOW_S, exp: NOW_S - 1 } })).rejects.toThrow(RangeError);
    const { issuer, issuerStatement, root, trust } = await makeAuthority();
    const says = {
      org: ORG,
      ...SAMIRA,
      pub: await exportPublic(issuer.publicKey),
      nbf: NOW_S,
      exp: NOW_S + 61 * DAY_S,
    };
    const chain = assembleChain(
      await exportPublic(root.publicKey),
      issuerStatement,
      await sign(issuer.privateKey, 'device', says),
    );
    expect(await verifyChain(chain, trust)).toEqual(refused);
  });

  it.each(['Sam\u202Eira', 'Sam\u200Bira', 'Sam\nira', '', 'a'.repeat(81), '\uD800'])(
    '[E2] the name %j is not certified, and not believed either',
    async (name) => {
      await expect(makeAuthority({ who: { ...SAMIRA, name } })).rejects.toThrow();
      const { issuer, issuerStatement, root, device, trust } = await makeAuthority();
      const says = { org: ORG, ...SAMIRA, name, pub: await exportPublic(device.publicKey), ...TWO_WEEKS };
      const chain = assembleChain(
        await exportPublic(root.publicKey),
        issuerStatement,
        await sign(issuer.privateKey, 'device', says),
      );
      expect(await verifyChain(chain, trust)).toEqual(refused);
    },
  );

  it('[E2] a name may hold mark-up: it is text, and stays text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const { chain, trust } = await makeAuthority({ who: { ...SAMIRA, name } });
    expect(await verifyChain(chain, trust)).toMatchObject({ ok: true, device: { name } });
  });

  it('[E2] a chain of a later version is told apart from a bad one, and neither throws', async () => {
    const { chain, trust } = await makeAuthority();
    expect(await verifyChain(`2${chain.slice(1)}`, trust)).toEqual({ ok: false, why: 'version' });
    for (const broken of ['', '.', 'x', '1', '1.', '1.....', chain.slice(0, -1), `${chain}.AA`, chain.slice(2)]) {
      expect(await verifyChain(broken, trust)).toEqual(refused);
    }
  });
});
