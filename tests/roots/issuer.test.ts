import { expect, test } from 'vitest';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { makeIssuer, signDevice } from '@clbchat/shared/statement/issuer';
import { openRoot, type RootKind } from '@clbchat/shared/statement/rootFile';
import { makeRoots } from '@clbchat/shared/statement/roots';
import { exportPublic, makeSigningPair } from '@clbchat/shared/statement/signingKey';
import { FEW, madeOnce, PASSPHRASE } from './made.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 26, 17) + 400;
const NOOR = { sub: 'noor', name: 'Noor', site: 'CLB Noord' };

async function issuerBy(kind: RootKind) {
  const { pins, files } = await madeOnce();
  const root = await openRoot(files[kind], PASSPHRASE);
  if (!root.ok) throw new Error(root.why);
  return { pins, issuer: await makeIssuer(root, { org: 'CLB Voorbeeld', nowMs: NOW_MS }) };
}
const devicePub = async () => exportPublic((await makeSigningPair()).publicKey);

test('[O5] an issuer lasts 180 days, is renewed 30 days before, and its key cannot be taken out', async () => {
  const { issuer } = await issuerBy('O');
  const nowS = Math.floor(NOW_MS / 1_000);
  expect([(issuer.exp - nowS) / 86_400, (issuer.exp - issuer.warnFrom) / 86_400]).toEqual([180, 30]);
  expect([issuer.keys.privateKey.extractable, issuer.keys.privateKey.usages]).toEqual([false, ['sign']]);
});

test('[O5] a visitor believes its device by either root, with name and site, and by no other root', async () => {
  const stranger = await makeRoots(PASSPHRASE, FEW);
  for (const kind of ['O', 'O2'] as const) {
    const { pins, issuer } = await issuerBy(kind);
    const pub = await devicePub();
    const chain = await signDevice(issuer, { ...NOOR, pub, nowMs: NOW_MS });
    const trust = { pins, nowMs: NOW_MS, skewMsMax: 0 };
    const checked = await verifyChain(chain, trust);
    expect(checked).toMatchObject({ ok: true, device: { ...NOOR, org: 'CLB Voorbeeld', pub } });
    expect(checked.ok && checked.device.exp - checked.device.nbf).toBe(14 * 86_400);
    expect(await verifyChain(chain, { ...trust, pins: stranger.pins })).toEqual({ ok: false, why: 'chain' });
    expect(await verifyChain(chain, { ...trust, nowMs: NOW_MS + 15 * DAY_MS })).toEqual({ ok: false, why: 'clock' });
  }
});

test('[O5] no device outlives its issuer, and an issuer that ended signs none', async () => {
  const { pins, issuer } = await issuerBy('O');
  const late = NOW_MS + 170 * DAY_MS;
  const chain = await signDevice(issuer, { ...NOOR, pub: await devicePub(), nowMs: late });
  const checked = await verifyChain(chain, { pins, nowMs: late, skewMsMax: 0 });
  expect(checked.ok && checked.device.exp).toBe(issuer.exp);
  const after = { ...NOOR, pub: await devicePub(), nowMs: NOW_MS + 180 * DAY_MS };
  await expect(signDevice(issuer, after)).rejects.toThrow(RangeError);
});
