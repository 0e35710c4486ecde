import type { At, Inside } from '../inside.ts';
import { Ask } from './Ask.tsx';
import type { Composer } from './composer.ts';
import { tc } from './words.ts';

/** The text looks like something by which a person can be found. It may leave, but by a press that means it. */
export function PersonalNote({ composer, onDone }: { composer: Composer; onDone: () => void }) {
  const answer = (act: () => unknown) => () => {
    act();
    onDone();
  };
  return (
    <Ask
      words={tc('personal.q')}
      first={{ words: tc('personal.no'), onClick: answer(composer.change) }}
      second={{ words: tc('personal.yes'), onClick: answer(composer.sendAnyway) }}
    />
  );
}

/** It was silent for long. One tap says "I am here"; nothing has to be written. */
function IdleNote({ visitor, room, leftMs }: Inside & { leftMs: number }) {
  const n = Math.max(1, Math.round(leftMs / 60_000));
  function here() {
    room.answeredMs.value = leftMs;
    visitor.talk.typed();
    void visitor.here();
  }
  return (
    <Ask words={n === 1 ? tc('idle.one') : tc('idle.other', { n })} first={{ words: tc('idle.yes'), onClick: here }} />
  );
}

/** The same counsellor at another computer: what was said before opens there when the visitor says so, and only then. */
function HistoryNote({ visitor, view }: At<'talking'>) {
  const naam = view.peer.name;
  return (
    <Ask
      words={tc('history.q', { naam })}
      first={{ words: tc('history.yes', { naam }), onClick: () => void visitor.choose('all') }}
      second={{ words: tc('history.no', { naam }), onClick: () => void visitor.choose('none') }}
    />
  );
}

/** What a running conversation asks above the composer. */
export function Notes(props: At<'talking'>) {
  const { visitor, room, view } = props;
  const leftMs = visitor.idleLeftMs.value;
  return (
    <>
      {leftMs !== null && leftMs !== room.answeredMs.value && <IdleNote {...props} leftMs={leftMs} />}
      {view.asksHistory && <HistoryNote {...props} />}
    </>
  );
}
