import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { EndReason } from '@clbchat/shared/ids';
import { tc } from '../../words/nlChat.ts';
import { useArrival } from '../arrival.ts';
import { Frame } from '../Frame.tsx';
import { Header } from '../Header.tsx';
import { allNumbers, HelpLines } from '../HelpLines.tsx';
import type { At } from './inside.ts';
import { Log } from './Log.tsx';
import { trustWords } from './TrustNote.tsx';

/** A second chat by a slip of the finger would cost somebody else's place. */
const AGAIN_MS = 60_000;

/** Who ended it is not told: nobody should read "you left". */
const sentence = (reason: EndReason, talked: boolean): string => {
  if (reason === 'visitor_gone') return tc('end.expired');
  if (reason === 'too_long') return tc('end.silence');
  if (reason === 'lost') return tc('end.lost');
  if (reason === 'closed') return tc('end.closed');
  return talked ? tc('end.wiped') : tc('end.waited');
};

export function Ended(props: At<'ended'>) {
  const { widget, visitor, view } = props;
  const { reason, talked, trust } = view;
  const late = useSignal(!talked);
  const left = reason === 'lost' && visitor.talk.items.value.length > 0;
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
    <Frame widget={widget} header={<Header widget={widget} status={tc('end.status')} />}>
      <div class="bd">
        <div>
          <h1 tabIndex={-1}>{talked ? tc('end.title') : tc('end.stopped')}</h1>
          <p class="muted sm">{trust ? trustWords(trust) : sentence(reason, talked)}</p>
        </div>
        {left ? (
          <Log {...props} peer="" />
        ) : (
          <div class="stack">
            <h2>{tc('end.help')}</h2>
            <HelpLines numbers={allNumbers} role={visitor.role.value} />
          </div>
        )}
      </div>
      <div class="ft">
        <button type="button" class="btn p" onClick={close}>
          {tc('end.close')}
        </button>
        {late.value && (
          <button type="button" class="btn g" onClick={widget.start.again}>
            {tc('end.again')}
          </button>
        )}
      </div>
    </Frame>
  );
}
