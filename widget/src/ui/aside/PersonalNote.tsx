import type { Composer } from '../../model/composer.ts';
import { ta } from '../../words/nlAside.ts';

/** The text looks like something by which a person can be found. It may leave, but by a press that means it. */
export function PersonalNote({ composer, onDone }: { composer: Composer; onDone: () => void }) {
  const answer = (act: () => unknown) => () => {
    act();
    onDone();
  };
  return (
    <div class="ask" role="alert">
      <p>{ta('personal.q')}</p>
      <div class="row">
        <button type="button" class="btn p" onClick={answer(composer.change)}>
          {ta('personal.no')}
        </button>
        <button type="button" class="btn g" onClick={answer(composer.sendAnyway)}>
          {ta('personal.yes')}
        </button>
      </div>
    </div>
  );
}
