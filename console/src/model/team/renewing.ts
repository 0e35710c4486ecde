import { limits } from '@clbchat/shared/limits';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { wordsIn } from '@clbchat/shared/statement/chain';
import { signDevice, type Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import type { AllDevices, DevicesApi } from '../devices.ts';

const DAY_MS = 86_400_000;
/** As the service has it [O23]: it refuses whatever is signed earlier or later. */
const RENEW_MS = 7 * DAY_MS;
const LATE_MS = 60 * DAY_MS;

/** The roots that this browser knows by itself: both, or the one of an issuer that was kept before both were. */
const ownPins = async (issuer: Issuer): Promise<readonly string[]> => issuer.pins ?? [await pinOf(issuer.rootPublic)];

/** What a chain says that is signed whole under a root that this browser knows by itself; when it ended is another matter. */
async function signedWords(chain: string, pins: readonly string[], nowMs: number) {
  const words = await wordsIn(chain);
  if (!words) return null;
  const at = Math.min(nowMs, words.device.exp * 1_000);
  return (await verifyChain(chain, { pins, nowMs: at, skewMsMax: limits.skewMsMax })).ok ? words : null;
}

/**
 * What a coordinator's console signs anew without a press: chains that say the same until later. The service's word for what
 * was signed is not taken: whoever broke into it would have a key of his own signed.
 */
export async function renewals(said: AllDevices, issuer: Issuer): Promise<string[]> {
  const { nowMs } = said;
  const [mine, pins] = await Promise.all([exportPublic(issuer.keys.publicKey).then(pinOf), ownPins(issuer)]);
  const stands = new Set(said.issuers.filter((one) => !one.revoked).map(({ id }) => id));
  if (!stands.has(mine) || issuer.exp * 1_000 <= nowMs) return [];
  const due = await Promise.all(
    said.devices.map(async ({ chain, active }) => {
      const words = chain === null || !active ? null : await signedWords(chain, pins, nowMs);
      if (!words || words.device.org !== issuer.org) return [];
      const leftMs = words.device.exp * 1_000 - nowMs;
      // what a revoked issuer signed somebody else may have had signed: that takes a press [O60]
      const isDue = leftMs > -LATE_MS && leftMs < RENEW_MS && stands.has(words.issuer);
      if (!isDue || issuer.exp <= words.device.exp) return [];
      const { sub, pub, name, site } = words.device;
      return [await signDevice(issuer, { sub, pub, name, site, nowMs })];
    }),
  );
  return due.flat();
}

/** The same words of one computer by this issuer, for a press; null for one that nobody of this centre signed. */
export async function signedAnew(
  chain: string | null | undefined,
  issuer: Issuer,
  nowMs: number,
): Promise<string | null> {
  const words = chain ? await signedWords(chain, await ownPins(issuer), nowMs) : null;
  if (!words || words.device.org !== issuer.org) return null;
  const { sub, pub, name, site } = words.device;
  return signDevice(issuer, { sub, pub, name, site, nowMs });
}

/** Once: with what this browser signs with, as long as it stands and this computer's clock is not a day off. */
export async function renewDue(
  api: Pick<DevicesApi, 'all' | 'renew'>,
  readIssuer: (account: string) => Promise<Issuer | null>,
  nowMs: () => number,
): Promise<void> {
  const said = await api.all();
  if (!said.ok || Math.abs(said.value.nowMs - nowMs()) > limits.skewMsMax) return;
  const issuer = await readIssuer(said.value.account).catch(() => null);
  if (!issuer) return;
  for (const chain of await renewals(said.value, issuer)) await api.renew(chain);
}
