import type { AccountId, Digest } from '@clbchat/shared/ids';
import { assembleChain } from '@clbchat/shared/statement/certificate';
import { DEVICE_SECONDS } from '@clbchat/shared/statement/certificate.schema';
import { verifyIssuer } from '@clbchat/shared/statement/chain';
import { issueDevice } from '@clbchat/shared/statement/issue';
import type { AsksStore } from '../accounts/asks.store.ts';
import type { IssuersStore } from '../accounts/issuers.store.ts';
import { Bug } from '../kernel/failure.ts';
import { DEMO } from '../records/audit.rules.ts';
import type { DemoKeys } from './keys.ts';
import { ORG, PEOPLE } from './people.rules.ts';

/** A device that somebody asked for, and what visitors are to read of it. */
export interface Asked {
  readonly id: Digest;
  readonly name: string;
  readonly site: string;
}

/** The issuer by which the demonstration signs, as Noor's own [O32]. */
export interface DemoIssuer {
  /** Puts it on record as hers; the same once more is no news. One that was revoked stays so. */
  record(): Promise<void>;
  /**
   * Signs in her name, and keeps nothing: whoever gets the chain hands it in as any coordinator does.
   *
   * @returns `issuer` where it is not on record as this account's; `gone` where nobody asks for this device
   */
  sign(asked: Asked, by: AccountId): Promise<{ readonly chain: string } | 'issuer' | 'gone'>;
}

interface Needs {
  readonly keys: DemoKeys;
  readonly issuers: Pick<IssuersStore, 'get' | 'make'>;
  readonly asks: Pick<AsksStore, 'rowOf'>;
  readonly nowMs: () => number;
}

export function createDemoIssuer({ keys, issuers, asks, nowMs }: Needs): DemoIssuer {
  const statement = `${keys.rootPublic}.${keys.issuerStatement}`;
  const known = async () => {
    const found = await verifyIssuer(statement, { pins: keys.pins, nowMs: nowMs(), skewMsMax: 0 });
    if (!found.ok) throw new Bug('the demonstration signs with what is no issuer of its own');
    return { id: found.digest, endMs: found.issuer.exp * 1_000 };
  };
  return {
    async record() {
      const { id, endMs } = await known();
      await issuers.make(id, PEOPLE.noor.account, statement, endMs, DEMO);
    },
    async sign({ id, name, site }, by) {
      const own = await issuers.get((await known()).id);
      if (!own || own.revoked || own.account !== by) return 'issuer';
      const asked = await asks.rowOf(id);
      if (!asked) return 'gone';
      const nbf = Math.floor(nowMs() / 1_000);
      const says = { org: ORG, sub: asked.account, name, site, pub: asked.pub, nbf, exp: nbf + DEVICE_SECONDS };
      const device = await issueDevice({ privateKey: keys.issuerKey }, says);
      return { chain: assembleChain(keys.rootPublic, keys.issuerStatement, device) };
    },
  };
}
