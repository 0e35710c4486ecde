import { fingerprintOf } from '@clbchat/shared/statement/fingerprint';
import { proveHolder } from '@clbchat/shared/statement/holder';
import { exportPublic, makeSigningPair } from '@clbchat/shared/statement/signingKey';
import type { DevicesApi, OwnDevices } from '../model/devices.ts';
import { standing, stateOf, type EnrolmentPorts, type EnrolmentProblem, type Found } from '../model/enrolment.ts';
import { openDatabase } from './database.ts';
import { idOf, ownWords, takeSigned } from './enrolled.ts';
import { readPerson, writePerson } from './people.ts';

const KNOWN: readonly string[] = ['over', 'taken', 'asked_too_often', 'too_fast'] satisfies EnrolmentProblem[];
const problemOf = (why: string) => (KNOWN.includes(why) ? (why as EnrolmentProblem) : 'unreachable');

type Ports = Pick<EnrolmentPorts, 'look' | 'ask' | 'giveUp'>;

/** This computer, between its browser profile and the service. */
export function enrolmentPorts(factory: IDBFactory, api: DevicesApi, nowMs: () => number): Ports {
  async function foundIn(own: OwnDevices): Promise<Found | EnrolmentProblem> {
    try {
      const database = await openDatabase(factory);
      const person = await takeSigned(database, own);
      const id = person && (await idOf(person));
      const words = person?.signed && ownWords(person.signed.chain);
      const stands =
        words && id !== undefined ? standing({ id, endsMs: words.endsMs }, { said: own, nowMs: nowMs() }) : null;
      const asks = id !== undefined && own.asks.includes(id);
      return {
        is: stateOf(stands, asks),
        id: id ?? null,
        fingerprint: id === undefined ? null : fingerprintOf(id),
        others: own.devices.filter((one) => one.id !== id),
        nowMs: own.nowMs,
      };
    } catch {
      return 'unkept';
    }
  }
  const look = async () => {
    const own = await api.own();
    return own.ok ? foundIn(own.value) : problemOf(own.why);
  };
  return {
    look,
    async ask() {
      const own = await api.own();
      if (!own.ok) return problemOf(own.why);
      const { account, binding } = own.value;
      try {
        const database = await openDatabase(factory);
        const known = await readPerson(database, account);
        const keys = known?.keys ?? (await makeSigningPair());
        if (!known) await writePerson(database, { who: account, keys, signed: null });
        const pub = await exportPublic(keys.publicKey);
        const proof = await proveHolder(keys.privateKey, 'device', { pub, account, binding });
        // what a browser may throw away when its disk is full would be gone after a holiday; some ask her, and she may take her time
        void navigator.storage?.persist?.().catch(() => false);
        const asked = await api.ask(pub, proof);
        return asked.ok ? await foundIn(asked.value) : problemOf(asked.why);
      } catch {
        return 'unkept';
      }
    },
    async giveUp(id) {
      const gone = await api.giveUp(id);
      return gone.ok || gone.why === 'gone' ? look() : problemOf(gone.why);
    },
  };
}
