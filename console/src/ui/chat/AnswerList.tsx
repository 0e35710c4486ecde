import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Answer } from '@clbchat/shared/answers';
import type { Found } from '../../model/answering.ts';
import { answers as words } from '../../words/answers.ts';

export const LIST = 'answers';
export const idOf = ({ name }: Answer): string => `answer-${name}`;

/** Above the field, which keeps the focus: a press here takes it from nobody. */
export function AnswerList({ found, onPick }: { found: Found; onPick: (answer: Answer) => void }) {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [found.at, found.answers]);
  return (
    <div class="answers" onMouseDown={(event) => event.preventDefault()}>
      {found.why !== null && <p>{found.why}</p>}
      <ul ref={list} id={LIST} role="listbox" aria-label={words.list} hidden={found.why !== null}>
        {found.answers.map((answer, at) => (
          <li
            key={answer.name}
            id={idOf(answer)}
            role="option"
            aria-selected={at === found.at}
            onClick={() => onPick(answer)}
          >
            <b>/{answer.name}</b> <span>{answer.text}</span>
          </li>
        ))}
      </ul>
      {found.why === null && (
        <p class="answers-keys only-wide" aria-hidden="true">
          <kbd>↑</kbd> <kbd>↓</kbd> {words.choose} <kbd>Enter</kbd> <kbd>Tab</kbd> {words.insert} <kbd>Esc</kbd>{' '}
          {words.close}
        </p>
      )}
    </div>
  );
}
