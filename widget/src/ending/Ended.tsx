import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { VisitEnd } from '@clbchat/shared/ids';
import { Log } from '../chat/Log.tsx';
import { useArrival } from '../frame/arrival.ts';
import { Firm } from '../frame/Firm.tsx';
import { Frame } from '../frame/Frame.tsx';
import { Rare } from '../frame/Loading.tsx';
import { allNumbers, HelpLines } from '../help/HelpLines.tsx';
import { Urgent } from '../help/Urgent.tsx';
import type { At } from '../inside.ts';
import { Art } from '../steps/Art.tsx';
import { trustWords } from '../waiting/TrustNote.tsx';
import { te } from './words.ts';

/** A second chat by a slip of the finger would cost somebody else's place. */
const AGAIN_MS = 60_000;

type Sentence = (talked: boolean) => string;
const over: Sentence = (talked) => (talked ? te('end.wiped') : te('end.waited'));
/** Who ended it is not told: nobody should read "you left". */
const sentences: Record<VisitEnd, Sentence> = {
  visitor_left: over,
  quick_exit: over,
  counsellor_ended: over,
  blocked: over,
  replaced: over,
  visitor_gone: () => te('end.gone'),
  silence: () => te('end.silence'),
  too_long: () => te('end.toolong'),
  expired: () => te('end.expired'),
  refused: () => te('end.refused'),
  closed: (talked) => (talked ? te('end.closed.again') : te('end.closed')),
  while_away: (talked) => (talked ? te('end.away') : te('end.away.waited')),
  lost: () => te('end.lost'),
};

/** Not what anybody wanted: a thank-you above our apology would be a mockery. */
const brokeOff = new Set<VisitEnd>(['lost', 'refused', 'closed']);

function titleOf(reason: VisitEnd, talked: boolean): string {
  if (!talked) return te('end.stopped');
  return brokeOff.has(reason) ? te('end.broken') : te('end.title');
}

/** It is over. Who was helped reads a thanks and two numbers; who was not, all numbers. Only where the service lost it, what was said stays to be read. */
export function Ended(props: At<'ended'>) {
  const { widget, visitor, view } = props;
  const { reason, talked, trust } = view;
  const readable = reason === 'lost' && visitor.talk.items.value.length > 0;
  const calm = talked && sentences[reason] === over;
  const role = visitor.role.value;
  const closed = widget.facts.centre.value?.state === 'closed';
  const late = useSignal(!talked);
  useArrival();
  useEffect(() => {
    const timer = setTimeout(() => (late.value = true), AGAIN_MS);
    return () => clearTimeout(timer);
  }, []);

  function close() {
    widget.start.again();
    if (widget.around.hasLoader.peek()) widget.around.minimise();
    else widget.intro.step.value = 'gone';
  }

  return (
    <Frame widget={widget} status={te('end.status')}>
      <div class={calm ? 'bd middle' : 'bd'}>
        {calm && <Art />}
        <div>
          <h1 tabIndex={-1}>{titleOf(reason, talked)}</h1>
          <p class="muted sm">{trust && reason === 'refused' ? trustWords(trust) : sentences[reason](talked)}</p>
          {!calm && (closed || reason === 'closed' || reason === 'while_away') && (
            <Rare widget={widget} show={({ WhenOpen }) => <WhenOpen widget={widget} to="waited" />} />
          )}
        </div>
        {readable && (
          <div class="said">
            <Log {...props} peer="" />
          </div>
        )}
        {!calm && (
          <div class="stack">
            <h2>{te('end.help')}</h2>
            <HelpLines numbers={allNumbers} role={role} />
          </div>
        )}
      </div>
      <div class="ft">
        {/* above what stands there already: nothing moves under a finger */}
        {late.value && !closed && (
          <Firm widget={widget} class="btn g" onClick={widget.start.again}>
            {te('end.again')}
          </Firm>
        )}
        {calm && <Urgent text={te('end.urgent', { role })} />}
        <Firm widget={widget} class="btn p" onClick={close}>
          {te('end.close')}
        </Firm>
      </div>
    </Frame>
  );
}
