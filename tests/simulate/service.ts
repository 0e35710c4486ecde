import { Writable } from 'node:stream';
import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { asksOf } from '@clbchat/server/accounts/asks.store';
import { devicesOf } from '@clbchat/server/accounts/devices.store';
import { issuersOf } from '@clbchat/server/accounts/issuers.store';
import { sessionsOf } from '@clbchat/server/accounts/sessions.store';
import { centreOf } from '@clbchat/server/centre/centre.store';
import { standingOf } from '@clbchat/server/centre/standing.store';
import { compose } from '@clbchat/server/compose';
import { openDemo } from '@clbchat/server/demo/centre';
import { openLog } from '@clbchat/server/kernel/log';
import type { StoreNeeds } from '@clbchat/server/kernel/needs';
import { DEMO } from '@clbchat/server/records/audit.rules';
import { memoryRecords } from '@clbchat/server/records/records.model';
import type { LiveStore } from '@clbchat/server/store.memory';
import type { Clock, Timers } from '@clbchat/shared/client/ports';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import { makeAuthority, type Authority, type SAMIRA } from '../crypto/authority.ts';
import type { Sockets } from './sockets.ts';

export const ORIGIN = 'http://localhost';

export interface SignedInHere {
  readonly authority: Authority;
  readonly who: typeof SAMIRA;
  readonly binding: string;
}
export interface SimulatedService {
  readonly pins: readonly string[];
  /** A counsellor with a device that this centre signed, and a session. */
  counsellor(who: typeof SAMIRA): Promise<SignedInHere>;
  /** `navigator.sendBeacon` of a page that goes */
  beacon(body: string): void;
  close(): Promise<void>;
}
interface Needs {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly sockets: Sockets;
  readonly store: (needs: StoreNeeds) => LiveStore;
  /** hears a line of the log that says that something failed */
  readonly failed: (line: string) => void;
}

/** The whole service with its doors, gates, hub and jobs; its packets come by the sockets that it is given. */
export async function simulatedService({ clock, timers, sockets, store, failed }: Needs): Promise<SimulatedService> {
  const nowMs = () => clock.nowMs();
  const pins: string[] = [];
  const records = memoryRecords(clock);
  const accounts = accountsOf(records, nowMs);
  const centres = centreOf(records, 'demo', nowMs);
  const centre = standingOf(centres, await openDemo(records, centres, accounts, { open: 'always', schoolOrigins: [] }));
  const live = store({
    ...{ clock, limits },
    get rules() {
      return centre.now().rules;
    },
  });
  const sessions = sessionsOf({ records, accounts, nowMs, limits, presence: live.presence });
  const asks = asksOf({ records, nowMs, limits });
  const issuers = issuersOf({ records, nowMs, limits });
  const devices = devicesOf({ records, asks, issuers, nowMs, limits });
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (chunk.includes('"lvl":"error"')) failed(chunk.toString().trim());
      done();
    },
  });
  const service = compose({
    ...{ live, centre, clock, timers, limits, records, accounts, devices, asks, issuers, sessions },
    log: openLog({ clock, level: 'error', to }),
    roots: { pins, demo: true },
    passkeys: false,
    origin: () => ORIGIN,
    secure: false,
    ready: () => true,
    sockets: sockets.realtime,
  });
  await service.http.app.ready();
  service.start();

  return {
    pins,
    async counsellor(who) {
      const authority = await makeAuthority({ who });
      pins.push(...authority.trust.pins);
      const account = who.sub as AccountId;
      await accounts.make(account, { name: who.name, roles: ['counsellor'], disabled: false }, DEMO);
      const device = (await pinOf(await exportPublic(authority.device.publicKey))) as Digest;
      await devices.signed(device, account, Infinity, DEMO);
      const { session } = await sessions.open(account, 'demo');
      return { authority, who, binding: session.binding };
    },
    beacon(body) {
      const headers = { origin: ORIGIN, host: 'localhost', 'content-type': 'text/plain' };
      void service.http.app.inject({ method: 'POST', url: '/api/visit/leave', headers, body });
    },
    close: service.close,
  };
}
