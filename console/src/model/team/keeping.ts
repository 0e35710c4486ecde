import type { KeyPair } from '@clbchat/shared/statement/signingKey';
import { isLost, type Answer, type AllDevices, type DevicesApi, type OwnDevices } from '../devices.ts';
import type { SetUp, SetupPorts } from '../setup.ts';
import type { StepUp } from '../stepUp.ts';

type Who = Pick<OwnDevices, 'account' | 'binding'>;

interface Ports {
  readonly api: Pick<DevicesApi, 'own' | 'ask' | 'sign' | 'postIssuer' | 'revokeIssuer' | 'giveUp'>;
  readonly stepUp: Pick<StepUp, 'with'>;
  /** shows that this browser holds both halves. @returns with the public one and its digest */
  proofOf(
    keys: KeyPair,
    what: 'issuer' | 'device',
    who: Who,
  ): Promise<{ readonly pub: string; readonly id: string; readonly proof: string }>;
  /** @throws when the disk refuses */
  write(made: SetUp, who: Who): Promise<void>;
}

/** What the service says that she can do something about. Her session may end while she waits for whoever runs the server. */
const WHY: Readonly<Record<string, 'no_pins' | 'other_pins' | 'signed_out' | 'unheard'>> = {
  no_pins: 'no_pins',
  other_pins: 'other_pins',
  over: 'signed_out',
  unreachable: 'unheard',
  unavailable: 'unheard',
};
const isStepUp = (answer: Answer<AllDevices>) => !answer.ok && answer.why === 'step_up';

/**
 * Keeps what a set-up made: in this browser and on record, or nowhere [O31]. The service believes it once it knows the pins; until
 * then the page says what is missing, and the same press goes on from there.
 */
export function keeping({ api, stepUp, proofOf, write }: Ports): SetupPorts['keep'] {
  const stepped = (ask: () => Promise<Answer<AllDevices>>) =>
    stepUp.with(async () => {
      const answer = await ask();
      return isStepUp(answer) ? ('step_up' as const) : answer;
    });
  /** on record for nobody, as far as anybody heard: taken off it before another one is put there [O65] */
  const owed = new Set<string>();
  async function takeOff(): Promise<Answer<unknown>> {
    for (const id of owed) {
      const answer = await api.revokeIssuer(id);
      if (!answer.ok && answer.why !== 'gone') return answer;
      owed.delete(id);
    }
    return { ok: true, value: null };
  }
  /** @param why the press came to nothing */
  const undo = async (why = '') => {
    await takeOff();
    return WHY[why] ?? false;
  };
  return async (made) => {
    const { issuer, device } = made;
    const statement = `${issuer.rootPublic}.${issuer.statement}`;
    const posted = await stepped(async () => {
      const own = await api.own(); // a session that was shown anew is another one
      if (!own.ok) return own;
      const off = await takeOff();
      if (!off.ok) return off;
      const { id, proof } = await proofOf(issuer.keys, 'issuer', own.value);
      const answer = await api.postIssuer(statement, proof);
      if (answer.ok || isLost(answer)) owed.add(id); // until it is kept here, too
      return answer;
    });
    if (posted === 'given_up') return false;
    if (!posted.ok) return undo(posted.why); // it may be on record all the same
    const own = await api.own();
    if (!own.ok) return undo(own.why);
    const { pub, id: deviceId, proof } = await proofOf(device.keys, 'device', own.value);
    const asked = await api.ask(pub, proof);
    const signed = asked.ok ? await stepped(() => api.sign(device.chain)) : asked;
    if (signed === 'given_up' || !signed.ok) {
      if (asked.ok) await api.giveUp(deviceId); // where the answer was lost it is on record
      return undo(signed === 'given_up' ? '' : signed.why);
    }
    const kept = await write(made, own.value).then(
      () => true,
      () => false,
    );
    if (kept) {
      owed.clear();
      return true;
    }
    await api.giveUp(deviceId);
    return undo();
  };
}
