import type { AccountId, Digest } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import type { SignedIn } from '../edge/peer.ts';
import { repeat } from '../edge/repeat.ts';
import type { Stop, Timers } from '../edge/timers.ts';
import { Problem } from '../kernel/failure.ts';
import type { Log } from '../kernel/log.ts';
import type { News, RecordsStore } from '../records/records.store.ts';
import type { AccountsStore } from './accounts.store.ts';
import type { DevicesStore } from './devices.store.ts';
import type { Sessions } from './sessions.store.ts';

interface Needs {
  readonly records: Pick<RecordsStore, 'watch'>;
  readonly accounts: Pick<AccountsStore, 'get'>;
  readonly sessions: Pick<Sessions, 'settle' | 'endIdle'>;
  readonly devices: Pick<DevicesStore, 'forget'>;
  /** Closes sockets of sessions that are over for good, and frees their seats. */
  readonly endSockets: (isMeant: (session: SignedIn) => boolean) => void;
  /** Closes the sockets of whoever is signed in no more, or may do other things than before. */
  readonly recheck: () => Promise<void>;
  /** Closes the sockets of devices that may work here no more, and frees their seats. */
  readonly recheckDevices: () => Promise<void>;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Pick<Limits, 'sessionCheckEveryMs'>;
}

/** Who was signed out, or may do less than before, is out at every process at once; where the news got lost, within a minute [A16]. */
export function staffJob({ records, accounts, sessions, devices, ...needs }: Needs): Stop {
  const { endSockets, recheck, recheckDevices, timers, log, limits } = needs;
  const name = 'sessions';
  async function judge(id: AccountId): Promise<void> {
    const account = await accounts.get(id);
    if (!account || account.disabled || !account.roles.includes('counsellor'))
      endSockets((session) => session.account === id);
    else await recheck();
  }
  const heard = async (changed: readonly News[] | null) => {
    if (!changed) {
      devices.forget(null);
      await Promise.all([recheck(), recheckDevices()]);
      return;
    }
    for (const { kind, id, gone } of changed) {
      if (kind === 'session' && gone) endSockets(({ binding }) => binding === id);
      if (kind === 'account') await judge(id as AccountId);
      if (kind !== 'device' && kind !== 'issuer') continue;
      devices.forget(kind === 'device' ? (id as Digest) : null);
      await recheckDevices();
    }
  };
  const forget = records.watch((changed) => {
    heard(changed).catch((err: unknown) => {
      if (!(err instanceof Problem)) log.error('a job failed', { event: name, err });
    });
  });
  const stop = repeat({ timers, log, name, everyMs: limits.sessionCheckEveryMs }, async () => {
    await sessions.settle();
    await recheck(); // an open console is a sign that somebody is there
    await recheckDevices();
    await sessions.endIdle();
  });
  return () => {
    forget();
    stop();
  };
}
