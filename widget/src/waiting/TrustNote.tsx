import type { VisitView } from '@clbchat/shared/client/views';
import type { Role } from '@clbchat/shared/ids';
import { Icon } from '../frame/Icon.tsx';
import { allNumbers, HelpLines } from '../help/HelpLines.tsx';
import { clockAlert } from '../steps/icons.ts';
import { tw } from './words.ts';

type Why = NonNullable<Extract<VisitView, { is: 'waiting' }>['trust']>;

const sentences = { clock: 'trust.clock', chain: 'trust.chain', version: 'trust.version' } as const;

export const trustWords = (why: Why): string => tw(sentences[why]);

/** No key left this page: why, and who can be called meanwhile. */
export const TrustNote = ({ why, role }: { why: Why; role: Role }) => (
  <div class="stack">
    <div class="note warn" role="alert">
      <Icon d={clockAlert} />
      <p>{trustWords(why)}</p>
    </div>
    <p>{tw('trust.call')}</p>
    <HelpLines numbers={allNumbers} role={role} />
  </div>
);
