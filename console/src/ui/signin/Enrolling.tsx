import { useSignal } from '@preact/signals';
import type { Enrolment, EnrolmentProblem, Found } from '../../model/enrolment.ts';
import type { GaveUp } from '../../model/givingUp.ts';
import { asDay } from '../../model/times.ts';
import { enrolment as words } from '../../words/enrolment.ts';
import { Fingerprint } from '../Fingerprint.tsx';
import { Firm } from '../Firm.tsx';
import { Asked, useQuestion } from './Asked.tsx';
import { Problem } from './Problem.tsx';

export interface EnrollingProps {
  enrolment: Enrolment;
  /** Deletes what this profile keeps. holding: nothing went, because somebody chats with her now. */
  wipe(): Promise<GaveUp | 'holding'>;
}

/** The computer at which she sits: what it still needs [O24 O26]. */
export function Enrolling({ enrolment }: Pick<EnrollingProps, 'enrolment'>) {
  const found = enrolment.found.value;
  const problem = enrolment.problem.value;
  return (
    <>
      <Problem says={problem && words.problems[problem]} />
      {(found || problem) && <Here enrolment={enrolment} found={found} />}
    </>
  );
}

/** Her other computers, and how this one goes: below all that she may want to go on with. */
export function OwnComputers({ enrolment, wipe }: EnrollingProps) {
  const found = enrolment.found.value;
  return (
    <>
      {found && found.others.length > 0 && <Others enrolment={enrolment} found={found} />}
      {/* what nobody said may be there, and can go */}
      {(found ? found.is !== 'none' : enrolment.problem.value !== null) && <Wipe wipe={wipe} />}
    </>
  );
}

function Here({ enrolment, found }: { enrolment: Enrolment; found: Found | null }) {
  const busy = enrolment.busy.value;
  const ask = (says: string, kind: string) => (
    <button type="button" class={`button ${kind}`} aria-disabled={busy} onClick={() => void enrolment.ask()}>
      {says}
    </button>
  );
  switch (found?.is) {
    case 'asks':
    case 'waits': {
      const waits = found.is === 'waits';
      return (
        <section class="enrolling" aria-labelledby="enrolling-title">
          <div role="status">
            <h2 id="enrolling-title">{waits ? words.waits : words.asks}</h2>
          </div>
          <p>{waits ? words.waitsRead : words.read}</p>
          {found.fingerprint && <Fingerprint label={words.fingerprint} groups={found.fingerprint} />}
          <p>{enrolment.opensByItself.value ? words.next : words.nextHere}</p>
          {waits ? ask(words.askAnew, 'button-secondary') : <p class="small muted">{words.wait}</p>}
        </section>
      );
    }
    case 'signed':
      return (
        <button type="button" class="button button-primary" onClick={() => enrolment.open()}>
          {words.open}
        </button>
      );
    case 'ended':
      return (
        <>
          <p>{words.ended}</p>
          {ask(words.askAnew, 'button-primary')}
        </>
      );
    case 'none':
      return ask(words.ask, 'button-primary');
    default:
      return (
        <button type="button" class="button button-primary" aria-disabled={busy} onClick={() => void enrolment.look()}>
          {words.look}
        </button>
      );
  }
}

function Others({ enrolment, found }: { enrolment: Enrolment; found: Found }) {
  return (
    <>
      <h2>{words.others}</h2>
      <p class="small muted">{words.giveUpWhy}</p>
      <ul class="own-keys">
        {found.others.map((one) => (
          <li key={one.id}>
            <Other enrolment={enrolment} one={one} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** What puts somebody out at once is asked first, as at the coordinator's page [O26]. */
function Other({ enrolment, one: { id, made } }: { enrolment: Enrolment; one: Found['others'][number] }) {
  const why = useSignal<EnrolmentProblem | null>(null);
  const called = made === null ? words.demo : words.other(id.slice(0, 6), asDay(made));
  const goes = async () => {
    const before = why.peek();
    why.value = null;
    const is = await enrolment.giveUp(id);
    why.value = is === 'busy' ? before : is;
  };
  return (
    <Asked
      says={words.giveUp}
      long={words.giveUpLong(made === null ? words.demo : asDay(made))}
      question={words.giveUpAsk(called)}
      yes={words.giveUpYes}
      busy={enrolment.busy.value}
      trouble={why.value && { ...words.problems, unreachable: words.giveUpLost }[why.value]}
      onYes={goes}
    >
      <span>{called}</span>
    </Asked>
  );
}

function Wipe({ wipe }: Pick<EnrollingProps, 'wipe'>) {
  const { asks, question, button } = useQuestion();
  const busy = useSignal(false);
  const came = useSignal<GaveUp | 'holding'>('done');
  if (!asks.value)
    return (
      <button type="button" class="button button-plain" ref={button} onClick={() => (asks.value = true)}>
        {words.wipe}
      </button>
    );
  async function goes() {
    if (busy.peek()) return;
    busy.value = true;
    const is = await wipe();
    if (is === 'away') question.current?.focus(); // the buttons go [D38]
    came.value = is;
    busy.value = false;
  }
  return (
    <div class="enrolling" role="group" aria-label={words.wipe}>
      <p ref={question} tabIndex={-1}>
        {came.value === 'away' ? words.wipeAway : words.wipeAsk}
      </p>
      <Problem says={{ ...words.wipeProblems, done: null }[came.value]} />
      {came.value !== 'away' && (
        <div class="codes-actions">
          <Firm class="button button-danger" aria-disabled={busy.value} onClick={() => void goes()}>
            {busy.value ? words.busy : words.wipeYes}
          </Firm>
          <button type="button" class="button button-plain" onClick={() => (asks.value = false)}>
            {words.wipeNo}
          </button>
        </div>
      )}
    </div>
  );
}
