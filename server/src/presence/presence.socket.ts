import type { AccountId, Digest } from '@clbchat/shared/ids';
import type { DeskHours, DeskState, QueueRow } from '@clbchat/shared/protocol/counsellor';
import { EVERYBODY, isEverybody, type Serves } from '@clbchat/shared/serves';
import { done, refused, type Ack } from '@clbchat/shared/protocol/wire';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { wordsIn } from '@clbchat/shared/statement/chain';
import { verifySocketProof } from '@clbchat/shared/statement/socketProof';
import type { After } from '../edge/after.ts';
import type { CounsellorDoors } from '../edge/doors.ts';
import type { CounsellorEnd, DeskSocketFence } from '../edge/ends.ts';
import { refusedAs } from '../edge/handle.ts';
import type { Rules } from '../kernel/needs.ts';
import type { DeskFacts, PresenceStore } from './presence.store.ts';

/** Which devices may work here. */
export interface Roots {
  /** fingerprints of the roots whose issuers sign devices */
  readonly pins: readonly string[];
  /** of the demonstration: every console says so */
  readonly demo: boolean;
}

interface Needs {
  readonly presence: PresenceStore;
  readonly queueRows: () => Promise<QueueRow[]>;
  readonly rules: () => Pick<Rules, 'slotsMax'>;
  readonly deskHours: () => DeskHours;
  readonly roots: Roots;
  /** whether this very certificate is on record as one of this account's. Rejects when nobody can say */
  readonly isOnRecord: (device: Digest, account: AccountId, chain: string) => Promise<boolean>;
  readonly nowMs: () => number;
  readonly skewMsMax: number;
  readonly after: After;
}

/** The first thing that a console hears: what its device has to sign. */
export const challenge = ({ line, nonce }: CounsellorEnd): unknown => line.emit('desk:challenge', { nonce });

/** The store keeps no list of everybody: who comes later belongs to it too. */
const choiceOf = (serves: Serves): Serves | null => (isEverybody(serves) ? null : serves);

/** Sitting down at a desk and getting up again. First comes the device's proof: a stolen cookie sees nothing. */
// over 80 lines because the doors of one slice stand beside each other
export function presenceSocket(doors: CounsellorDoors, needs: Needs): void {
  const { presence, queueRows, rules, deskHours, roots, isOnRecord, nowMs, skewMsMax, after } = needs;

  const shown = async (desk: DeskFacts): Promise<DeskState> => ({
    ...desk,
    queue: await queueRows(),
    serves: desk.serves ?? EVERYBODY,
    slotsMax: rules().slotsMax,
    hours: deskHours(),
  });
  const stateOf = async (fence: DeskSocketFence): Promise<Ack<DeskState>> => {
    const found = await presence.desk(fence);
    return found.is === 'desk' ? done(await shown(found.desk)) : refusedAs(found);
  };

  /** ms; one that ended is judged as it was at its end, and opens nothing but the way back to whom this device holds [O38]. Null for one that did not. */
  async function endOf(cert: string): Promise<number | null> {
    const endMs = ((await wordsIn(cert))?.device.exp ?? Infinity) * 1_000;
    return endMs < nowMs() ? endMs : null;
  }

  doors.answer('desk:prove', async ({ sig, cert }, end) => {
    const { account, binding, origin } = end.session;
    const ended = await endOf(cert);
    const trust = { pins: roots.pins, nowMs: ended ?? nowMs(), skewMsMax };
    const checked = await verifyChain(cert, trust);
    const facts = { nonce: end.nonce, binding, origin };
    if (checked.ok) end.shows({ device: checked.deviceDigest, chain: cert });
    const proved =
      checked.ok &&
      checked.device.sub === account &&
      (await verifySocketProof(checked.publicKey, sig, facts)) &&
      (await isOnRecord(checked.deviceDigest, account, cert)) &&
      (ended === null || (await presence.holds({ account, dev: checked.deviceDigest })));
    if (!proved) {
      setImmediate(() => end.line.dismiss()); // after the answer
      return refused('no_cert');
    }
    end.prove({ dev: checked.deviceDigest, certExpMs: checked.device.exp * 1_000 });
    return done({ name: checked.device.name, demo: roots.demo });
  });

  doors.answer('desk:enter', async ({ slots, serves, status, takeOver = false }, end) => {
    const { account, roles } = end.session;
    const device = end.proved();
    if (!device) return refused('no_cert');
    if (!roles.includes('counsellor')) return refused('not_yours');
    const entered = await presence.enter({
      ...{ account, ...device, slots, status, takeOver },
      ...(serves && { serves: choiceOf(serves) }),
    });
    if (entered.is !== 'entered') return refusedAs(entered);
    end.seat({ account, seat: entered.seat });
    after(entered);
    return done(await shown(entered.desk));
  });

  doors.answerFor('desk:state', stateOf);

  /** A press was heard: what her desk is now. */
  const heard = async (fence: DeskSocketFence, set: Awaited<ReturnType<PresenceStore['status']>>) => {
    if (set.is !== 'set') return refusedAs(set);
    after(set);
    return stateOf(fence);
  };

  doors.answerFor('desk:status', async (fence, wish) => heard(fence, await presence.status({ ...fence, ...wish })));

  doors.answerFor('desk:slots', async (fence, wish) => heard(fence, await presence.slots({ ...fence, ...wish })));

  doors.answerFor('desk:serves', async (fence, { serves, requestId }) =>
    heard(fence, await presence.serves({ ...fence, serves: choiceOf(serves), requestId })),
  );

  doors.answerFor('desk:leave', async (fence) => {
    const left = await presence.leave(fence);
    if (left.is !== 'left') return refusedAs(left);
    after(left);
    return done(null);
  });
}
