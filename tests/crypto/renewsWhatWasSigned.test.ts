import type { Digest } from '@clbchat/shared/ids';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { makeIssuer, type Issuer } from '@clbchat/shared/statement/issuer';
import { openRoot } from '@clbchat/shared/statement/rootFile';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import { expect, test } from 'vitest';
import { NOTHING_HEARD } from '../../console/src/model/team/heard.ts';
import { renewals } from '../../console/src/model/team/renewing.ts';
import { CENTRE_PASSPHRASE, chainOf, computer, issuerBy, makeCentreKeys } from '../support/centreKeys.ts';

const NOW_MS = Date.UTC(2026, 10, 26, 17);
const DAY_MS = 86_400_000;

test('[O23 E2] a coordinator’s console renews nothing that nobody of this centre signed, whatever the service says of it', async () => {
  const [centre, others] = [await makeCentreKeys(), await makeCentreKeys()];
  const issuer = await issuerBy(centre, NOW_MS - DAY_MS);
  const signs = async (by: Issuer) => {
    const { pub, id } = await computer();
    const chain = await chainOf(by, { sub: 'lien', pub, name: 'Lien', site: 'CLB Noord' }, NOW_MS - 10 * DAY_MS);
    return { id, account: 'lien', name: 'Lien', active: true, made: '2026-11-16', chain };
  };
  const reserve = await openRoot(centre.files.O2, CENTRE_PASSPHRASE);
  if (!reserve.ok) throw new Error(reserve.why);
  const colleague = await makeIssuer(reserve, { org: issuer.org, nowMs: NOW_MS - 10 * DAY_MS });
  const genuine = await signs(colleague);
  // whoever broke into the service: a root, an issuer and a computer of his own, in the centre's words
  const evil = await issuerBy(others, NOW_MS - 10 * DAY_MS);
  const forged = await signs(evil);
  // and one that is half the centre's
  const parts = genuine.chain.split('.');
  const grafted = { ...forged, chain: [...parts.slice(0, 4), ...forged.chain.split('.').slice(4)].join('.') };
  const idOf = async ({ keys }: Issuer) => (await pinOf(await exportPublic(keys.publicKey))) as Digest;
  const record = { account: 'noor', name: 'Noor', active: true, endMs: issuer.exp * 1_000, revoked: false };
  const said = {
    ...{ nowMs: NOW_MS, account: 'noor', binding: 'b', pins: [...others.pins], asks: [] },
    issuers: [await idOf(issuer), await idOf(evil), await idOf(colleague)].map((id) => ({ id, ...record })),
  };
  expect(await renewals({ ...said, devices: [forged, grafted] }, issuer, NOTHING_HEARD)).toEqual([]);
  // a colleague's, under the other root
  const [renewed] = await renewals({ ...said, devices: [genuine] }, issuer, NOTHING_HEARD);
  expect(await verifyChain(renewed!, { pins: centre.pins, nowMs: NOW_MS, skewMsMax: 0 })).toMatchObject({
    ...{ ok: true, deviceDigest: genuine.id },
  });
});
