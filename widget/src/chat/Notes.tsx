import type { At, Inside } from '../inside.ts';
import type { WithWidget } from '../widget.ts';
import { Ask } from './Ask.tsx';
import type { Composer } from './composer.ts';
import { tc } from './words.ts';

/** The text looks like something by which a person can be found. It may leave, but by a press that means it. */
export function PersonalNote({ widget, composer, onDone }: WithWidget & { composer: Composer; onDone: () => void }) {
  const answer = (act: () => unknown) => () => {
    act();
    onDone();
  };
  return (
    <Ask
      widget={widget}
      words={tc('personal.q')}
      answers={[
        { words: tc('personal.yes'), look: 'g', onClick: answer(composer.sendAnyway) },
        { words: tc('personal.no'), look: 'p', onClick: answer(composer.change) },
      ]}
    />
  );
}

/** It was silent for long. One tap says "I am here"; nothing has to be written. */
function IdleNote({ widget, visitor, room, leftMs }: Inside & { leftMs: number }) {
  const n = Math.max(1, Math.round(leftMs / 60_000));
  function here() {
    room.answeredMs.value = leftMs;
    visitor.talk.typed();
    void visitor.here();
  }
  return (
    <Ask
      widget={widget}
      words={n === 1 ? tc('idle.one') : tc('idle.other', { n })}
      answers={[{ words: tc('idle.yes'), look: 'p', onClick: here }]}
    />
  );
}

/** The same counsellor at another computer: what was said before opens there when the visitor says so, and only then. */
function HistoryNote({ widget, visitor, view }: At<'talking'>) {
  const naam = view.peer.name;
  return (
    <Ask
      widget={widget}
      words={tc('history.q', { naam })}
      answers={[
        { words: tc('history.yes', { naam }), look: 'p', onClick: () => visitor.choose('all'), firm: true },
        { words: tc('history.no', { naam }), look: 'g', onClick: () => visitor.choose('none'), firm: true },
      ]}
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
