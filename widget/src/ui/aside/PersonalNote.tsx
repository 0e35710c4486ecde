import type { Composer } from '../../model/composer.ts';
import { ta } from '../../words/nlAside.ts';
import { Ask } from './Ask.tsx';

/** The text looks like something by which a person can be found. It may leave, but by a press that means it. */
export function PersonalNote({ composer, onDone }: { composer: Composer; onDone: () => void }) {
  const answer = (act: () => unknown) => () => {
    act();
    onDone();
  };
  return (
    <Ask
      words={ta('personal.q')}
      first={{ words: ta('personal.no'), onClick: answer(composer.change) }}
      second={{ words: ta('personal.yes'), onClick: answer(composer.sendAnyway) }}
    />
  );
}
