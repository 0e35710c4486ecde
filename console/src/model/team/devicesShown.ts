import { issuerPartOf, wordsIn } from '@clbchat/shared/statement/chain';
import { fingerprintOf } from '@clbchat/shared/statement/fingerprint';
import type { Issuer } from '@clbchat/shared/statement/issuer';
import type { AskedIssuer } from '@clbchat/shared/statement/issuerRequest';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import type { AllDevices } from '../devices.ts';

export interface AskShown {
  readonly id: string;
  readonly who: string | null;
  readonly fingerprint: readonly string[];
  /** what visitors will read, as far as anybody knows it */
  readonly name: string;
  readonly site: string;
}
export interface DeviceShown {
  readonly id: string;
  readonly who: string | null;
  /** what visitors read; null for one that the demonstration signed */
  readonly words: { readonly name: string; readonly site: string } | null;
  readonly made: string | null;
  readonly endsMs: number | null;
  /** its issuer was revoked: it waits for a coordinator's press, who compares the fingerprint of its key [O60]; null for any other, and where it ended with its issuer [O45] */
  readonly waits: { readonly fingerprint: readonly string[] } | null;
  /** it was signed under roots that are none of this centre's any more: nobody renews it, and she asks anew [O67] */
  readonly otherRoots: boolean;
}
export interface DevicesShown {
  readonly asks: readonly AskShown[];
  readonly devices: readonly DeviceShown[];
  readonly issuers: readonly (AllDevices['issuers'][number] & { readonly mine: boolean })[];
  readonly account: string;
  /** the one in this browser, on record and not revoked; null where she cannot sign */
  readonly issuer: Issuer | null;
  /** she signs, and this browser renews nothing: it heard that what she signs with is revoked or gone, or can remember no more [O23] */
  readonly isIdle: boolean;
  /** the demonstration signs in her name, with an issuer that is in no browser */
  readonly inHerName: boolean;
  /** nobody signs under the roots of this centre yet: its keys may be made */
  readonly mayBegin: boolean;
  /** what is to be carried to the computer without a network, and what is to be read there */
  readonly asked: { readonly request: string; readonly fingerprint: readonly string[] } | null;
}

/** The id under which an issuer is on record. */
export const idOf = async ({ keys }: Pick<Issuer, 'keys'>): Promise<string> =>
  pinOf(await exportPublic(keys.publicKey));

/** Whether the service says that it signs for this account's coordinator. */
export async function isStanding({ issuers }: AllDevices, issuer: Issuer, nowMs: number): Promise<boolean> {
  const id = await idOf(issuer);
  return issuer.exp * 1_000 > nowMs && issuers.some((one) => one.id === id && !one.revoked && one.active);
}

/** Whether it was signed under roots that the service believes no more. */
const isOfOthers = async ({ pins }: AllDevices, chain: string): Promise<boolean> =>
  !pins.includes(await pinOf(issuerPartOf(chain).split('.', 1)[0]!)); // at most CHAIN_CHARS_MAX

/** What the page of computers shows of what the service said. */
export async function shownOf(
  said: AllDevices,
  issuer: Issuer | null,
  asked: AskedIssuer | null,
): Promise<Omit<DevicesShown, 'inHerName' | 'mayBegin' | 'isIdle'>> {
  const isRevoked = new Map(said.issuers.map(({ id, revoked }) => [id, revoked]));
  const words = new Map(
    await Promise.all(
      said.devices.map(async ({ id, chain }) => [id, chain === null ? null : await wordsIn(chain)] as const),
    ),
  );
  /** the last word on what visitors read of somebody, and then of the centre */
  const known = said.devices.flatMap((one) => {
    const found = words.get(one.id);
    return found ? [{ account: one.account, ...found.device }] : [];
  });
  return {
    account: said.account,
    issuer,
    asked: asked && { request: asked.request, fingerprint: fingerprintOf(await idOf(asked)) },
    asks: said.asks.map(({ id, account, name }) => {
      const before = known.findLast((one) => one.account === account);
      const site = before?.site ?? known.at(-1)?.site ?? '';
      return { id, who: name, fingerprint: fingerprintOf(id), name: before?.name ?? name ?? '', site };
    }),
    devices: await Promise.all(
      said.devices.map(async ({ id, name, made, chain }) => {
        const found = words.get(id) ?? null;
        const otherRoots = chain !== null && found !== null && (await isOfOthers(said, chain));
        // the row of an issuer goes at its end, which is no revocation: so the service judges it
        const isOver = found !== null && found.device.exp * 1_000 <= said.nowMs;
        const waits = found !== null && !otherRoots && (isRevoked.get(found.issuer) ?? !isOver);
        return {
          ...{ id, made, who: name, otherRoots },
          words: found && { name: found.device.name, site: found.device.site },
          endsMs: found && found.device.exp * 1_000,
          waits: waits ? { fingerprint: fingerprintOf(await pinOf(found.device.pub)) } : null,
        };
      }),
    ),
    issuers: said.issuers.map((one) => ({ ...one, mine: one.account === said.account })),
  };
}
