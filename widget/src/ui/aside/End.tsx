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

/** Who ended it is not told: nobody should read "you left". */
const sentence = (reason: EndReason, talked: boolean): string => {
  if (reason === 'visitor_gone') return ta('end.expired');
  if (reason === 'too_long') return ta('end.silence');
  if (reason === 'lost') return ta('end.lost');
  if (reason === 'closed') return ta('end.closed');
  return talked ? ta('end.wiped') : ta('end.waited');
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
          <p class="muted sm">{trust ? trustWords(trust) : sentence(reason, talked)}</p>
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
