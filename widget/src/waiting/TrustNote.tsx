import type { VisitView } from '@clbchat/shared/client/views';
import type { Role } from '@clbchat/shared/ids';
import { allNumbers, HelpLines } from '../help/HelpLines.tsx';
import { clockAlert } from '../steps/icons.ts';
import { Note } from '../steps/Note.tsx';
import { ts } from '../steps/words.ts';
import { tw } from './words.ts';

type Why = NonNullable<Extract<VisitView, { is: 'waiting' }>['trust']>;

export const trustWords = (why: Why): string => (why === 'clock' ? ts('trust.clock') : tw(`trust.${why}`));

/** No key left this page: why, and who can be called meanwhile. */
export const TrustNote = ({ why, role }: { why: Why; role: Role }) => (
  <div class="stack">
    <Note tone="warn" icon={clockAlert} role="alert">
      {trustWords(why)}
    </Note>
    <p>{tw('trust.call')}</p>
    <HelpLines numbers={allNumbers} role={role} />
  </div>
);
