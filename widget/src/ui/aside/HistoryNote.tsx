import { ta } from '../../words/nlAside.ts';
import type { At } from '../room/inside.ts';
import { Ask } from './Ask.tsx';

/** The same counsellor at another computer: what was said before opens there when the visitor says so, and only then. */
export function HistoryNote({ visitor, view }: At<'talking'>) {
  const naam = view.peer.name;
  return (
    <Ask
      words={ta('history.q', { naam })}
      first={{ words: ta('history.yes', { naam }), onClick: () => void visitor.choose('all') }}
      second={{ words: ta('history.no', { naam }), onClick: () => void visitor.choose('none') }}
    />
  );
}
