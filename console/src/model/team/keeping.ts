import type { KeyPair } from '@clbchat/shared/statement/signingKey';
import type { Answer, AllDevices, DevicesApi, OwnDevices } from '../devices.ts';
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
const WHY: Readonly<Record<string, 'no_pins' | 'other_pins' | 'signed_out'>> = {
  ...{ no_pins: 'no_pins', other_pins: 'other_pins', over: 'signed_out' },
};
/** Whether it came about. */
const NOBODY_KNOWS: ReadonlySet<string> = new Set(['unreachable', 'unavailable']);
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
  return async (made) => {
    const { issuer, device } = made;
    const statement = `${issuer.rootPublic}.${issuer.statement}`;
    let id = '';
    const posted = await stepped(async () => {
      const own = await api.own(); // a session that was shown anew is another one
      if (!own.ok) return own;
      const shown = await proofOf(issuer.keys, 'issuer', own.value);
      id = shown.id;
      return api.postIssuer(statement, shown.proof);
    });
    if (posted === 'given_up') return false;
    const undo = async (why = '') => {
      await api.revokeIssuer(id);
      return WHY[why] ?? false;
    };
    if (!posted.ok) {
      const why = WHY[posted.why];
      if (why) return why;
      return NOBODY_KNOWS.has(posted.why) && id !== '' ? undo() : false; // it may be on record all the same
    }
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
    if (kept) return true;
    await api.giveUp(deviceId);
    return undo();
  };
}
