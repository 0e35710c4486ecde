import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { asksOf } from '@clbchat/server/accounts/asks.store';
import { devicesOf } from '@clbchat/server/accounts/devices.store';
import { issuersOf } from '@clbchat/server/accounts/issuers.store';
import { sessionsOf } from '@clbchat/server/accounts/sessions.store';
import { plainCookies } from '@clbchat/server/demo/cookies.rules';
import { demoKeys } from '@clbchat/server/demo/keys';
import { ORG } from '@clbchat/server/demo/people.rules';
import { defaultRules } from '@clbchat/server/centre/bounds.rules';
import { systemClock } from '@clbchat/server/kernel/clock';
import { DEMO } from '@clbchat/server/records/audit.rules';
import { openRecords } from '@clbchat/server/records/open.redis';
import { memoryStore } from '@clbchat/server/store.memory';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { assembleChain } from '@clbchat/shared/statement/certificate';
import { issueDevice } from '@clbchat/shared/statement/issue';
import { exportPublic, makeSigningPair, pinOf, type KeyPair } from '@clbchat/shared/statement/signingKey';
import { lookAt } from '../redis/world.ts';
import type { TestRedis } from '../support/redis.ts';

const DAY_S = 86_400;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Somebody who works here, signed in at a computer that the centre signed. */
export interface Counsellor {
  readonly sub: string;
  readonly cookie: string;
  readonly binding: string;
  readonly chain: string;
  readonly device: KeyPair;
}

/** The demonstration has two counsellors; these are written beside them, as their set-up would. @returns them, and what pages believe */
export async function makeStaff(
  server: TestRedis,
  tag: string,
  count: number,
): Promise<{ counsellors: Counsellor[]; pins: readonly string[] }> {
  const redis = lookAt(server);
  const news = lookAt(server);
  try {
    const nowMs = () => Date.now();
    const keys = await demoKeys(join(root, '.demo'), nowMs());
    const records = await openRecords({
      redis,
      news,
      tag,
      clock: systemClock,
      clockApartMsMax: limits.clocksApartMsMax,
    });
    const accounts = accountsOf(records, nowMs);
    const asks = asksOf({ records, nowMs, limits });
    const issuers = issuersOf({ records, nowMs, limits });
    const devices = devicesOf({ records, asks, issuers, nowMs, limits });
    const { presence } = memoryStore({ clock: systemClock, limits, rules: defaultRules });
    const sessions = sessionsOf({ records, accounts, presence, nowMs, limits, cookies: plainCookies });
    const nowS = Math.floor(nowMs() / 1_000);
    const times = { nbf: nowS - 3_600, exp: nowS + 7 * DAY_S };
    const counsellors: Counsellor[] = [];
    for (let n = 1; n <= count; n += 1) {
      const sub = `c${n}`;
      const account = sub as AccountId;
      await accounts.make(account, { name: `Coach ${n}`, roles: ['counsellor'], disabled: false }, DEMO);
      const device = await makeSigningPair();
      const pub = await exportPublic(device.publicKey);
      const who = { org: ORG, sub, name: `Coach ${n}`, site: 'CLB De Horizon', pub, ...times };
      const statement = await issueDevice({ privateKey: keys.issuerKey }, who);
      await devices.signed((await pinOf(pub)) as Digest, account, times.exp * 1_000, DEMO);
      const { setCookie, session } = await sessions.open(account, 'demo');
      counsellors.push({
        ...{ sub, device, binding: session.binding, cookie: setCookie.split(';')[0] ?? '' },
        chain: assembleChain(keys.rootPublic, keys.issuerStatement, statement),
      });
    }
    return { counsellors, pins: keys.pins };
  } finally {
    redis.disconnect();
    news.disconnect();
  }
}
