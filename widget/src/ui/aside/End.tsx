import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { EndReason } from '@clbchat/shared/ids';
import { ta } from '../../words/nlAside.ts';
import { useArrival } from '../arrival.ts';
import { allNumbers, HelpLines } from '../HelpLines.tsx';
import type { At } from '../room/inside.ts';
import { trustWords } from './TrustNote.tsx';
import { useSignal } from '../useSignal.ts';

/** A second chat by a slip of the finger would cost somebody else's place. */
const AGAIN_MS = 60_000;

type Sentence = (talked: boolean) => string;
const over: Sentence = (talked) => (talked ? ta('end.wiped') : ta('end.waited'));
/** Who ended it is not told: nobody should read "you left". */
const sentences: Record<EndReason, Sentence> = {
  visitor_left: over,
  quick_exit: over,
  counsellor_ended: over,
  blocked: over,
  replaced: over,
  visitor_gone: () => ta('end.gone'),
  silence: () => ta('end.silence'),
  too_long: () => ta('end.toolong'),
  expired: () => ta('end.expired'),
  refused: () => ta('end.refused'),
  closed: (talked) => (talked ? ta('end.closed.again') : ta('end.closed')),
  lost: () => ta('end.lost'),
};

interface Props extends At<'ended'> {
  /** what may still be read of the conversation, instead of the numbers */
  children: ComponentChildren;
}

export function End({ widget, visitor, view, children }: Props) {
  const { reason, talked, trust } = view;
  const late = useSignal(!talked);
  useArrival();
  useEffect(() => {
    const timer = setTimeout(() => (late.value = true), AGAIN_MS);
    return () => clearTimeout(timer);
  }, []);

  function close() {
    widget.start.again();
    if (widget.around.hasLoader.peek()) widget.around.minimise();
  }

  return (
    <>
      <div class="bd">
        <div>
          <h1 tabIndex={-1}>{talked ? ta('end.title') : ta('end.stopped')}</h1>
          <p class="muted sm">{trust && reason === 'refused' ? trustWords(trust) : sentences[reason](talked)}</p>
        </div>
        {children || (
          <div class="stack">
            <h2>{ta('end.help')}</h2>
            <HelpLines numbers={allNumbers} role={visitor.role.value} />
          </div>
        )}
      </div>
      <div class="ft">
        <button type="button" class="btn p" onClick={close}>
          {ta('end.close')}
        </button>
        {late.value && (
          <button type="button" class="btn g" onClick={widget.start.again}>
            {ta('end.again')}
          </button>
        )}
      </div>
    </>
  );
}
