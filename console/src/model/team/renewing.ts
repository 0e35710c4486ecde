import { limits } from '@clbchat/shared/limits';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { wordsIn } from '@clbchat/shared/statement/chain';
import { signDevice, type Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import type { AllDevices, DevicesApi } from '../devices.ts';
import { isFull, type Heard, type Says, type When } from './heard.ts';

const DAY_MS = 86_400_000;
/** As the service has it [O23]: it refuses whatever is signed earlier or later. */
const RENEW_MS = 7 * DAY_MS;
const LATE_MS = 60 * DAY_MS;

/** The roots that this browser knows by itself: both, or the one of an issuer that was kept before both were. */
const ownPins = async (issuer: Issuer): Promise<readonly string[]> => issuer.pins ?? [await pinOf(issuer.rootPublic)];

/** What a chain says that is signed whole under a root that this browser knows by itself, whatever the time is. */
async function wholeWords(chain: string, pins: readonly string[]) {
  const words = await wordsIn(chain);
  return words && (await verifyChain(chain, { pins, nowMs: 0, skewMsMax: Infinity })).ok ? words : null;
}

/** The same of one that counts, or did until it ended: when that was is another matter. */
async function signedWords(chain: string, pins: readonly string[], nowMs: number) {
  const words = await wordsIn(chain);
  if (!words) return null;
  const at = Math.min(nowMs, words.device.exp * 1_000);
  return (await verifyChain(chain, { pins, nowMs: at, skewMsMax: limits.skewMsMax })).ok ? words : null;
}

/** What of the service's answer this browser remembers. Only what the roots stand behind is a computer that may go, at any time. */
export async function toldBy({ nowMs, issuers, devices }: AllDevices, issuer: Issuer, when: When): Promise<Says> {
  const pins = await ownPins(issuer);
  const ids = await Promise.all(
    devices.map(async ({ chain }) => {
      const words = chain === null ? null : await wholeWords(chain, pins);
      return words ? [await pinOf(words.device.pub)] : [];
    }),
  );
  return { ...when, nowMs, issuers: issuers.map(({ id, revoked }) => ({ id, revoked })), listed: ids.flat() };
}

/**
 * What a coordinator's console signs anew without a press: chains that say the same until later. The service's word for what
 * was signed is not taken: whoever broke into it would have a key of his own signed. Nor is it that something stands again of which this
 * browser heard that it does not.
 */
export async function renewals(said: AllDevices, issuer: Issuer, heard: Heard): Promise<string[]> {
  const { nowMs } = said;
  const [mine, pins] = await Promise.all([exportPublic(issuer.keys.publicKey).then(pinOf), ownPins(issuer)]);
  const isOut = (id: string) => Object.hasOwn(heard.revoked, id);
  const stands = new Set(said.issuers.filter((one) => !one.revoked && !isOut(one.id)).map(({ id }) => id));
  if (!stands.has(mine) || issuer.exp * 1_000 <= nowMs || isFull(heard)) return [];
  const due = await Promise.all(
    said.devices.map(async ({ chain, active }) => {
      const words = chain === null || !active ? null : await signedWords(chain, pins, nowMs);
      if (!words || words.device.org !== issuer.org) return [];
      const leftMs = words.device.exp * 1_000 - nowMs;
      // what a revoked issuer signed somebody else may have had signed: that takes a press [O60]
      const isDue = leftMs > -LATE_MS && leftMs < RENEW_MS && stands.has(words.issuer);
      if (!isDue || issuer.exp <= words.device.exp) return [];
      const { sub, pub, name, site } = words.device;
      // what was signed since it went somebody pressed for
      const gone = heard.gone[await pinOf(pub)];
      if (gone && words.device.nbf * 1_000 <= gone.atMs) return [];
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

export interface RenewingKeep {
  /** What she signs with in this browser. @throws when the browser reads nothing */
  issuer(account: string): Promise<Issuer | null>;
  /** Remembers this beside it. @returns what was heard up to now. @throws when the disk refuses: then nothing is renewed */
  hear(account: string, says: Says): Promise<Heard>;
}

/** Once: with what this browser signs with, as long as it stands and this computer's clock is not a day off. */
export async function renewDue(
  api: Pick<DevicesApi, 'all' | 'renew'>,
  keep: RenewingKeep,
  nowMs: () => number,
): Promise<void> {
  const askedMs = nowMs();
  const said = await api.all();
  if (!said.ok) return;
  const heardMs = nowMs();
  const issuer = await keep.issuer(said.value.account).catch(() => null);
  if (!issuer) return;
  // what is revoked is heard by a wrong clock, too
  const heard = await keep.hear(said.value.account, await toldBy(said.value, issuer, { askedMs, heardMs }));
  const isRight = Math.abs(said.value.nowMs - heardMs) <= limits.skewMsMax;
  if (isRight) for (const chain of await renewals(said.value, issuer, heard)) await api.renew(chain);
}
