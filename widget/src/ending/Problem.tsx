import type { Role } from '@clbchat/shared/ids';
import { useArrival } from '../frame/arrival.ts';
import { Rich } from '../frame/Rich.tsx';
import { allNumbers, HelpLines } from '../help/HelpLines.tsx';
import { Note } from '../steps/Note.tsx';
import { te } from './words.ts';

export interface ProblemProps {
  role: Role;
  /** too old a browser, no service, nobody to trust */
  code: 'browser' | 'down' | 'pins';
  onRetry?: () => void;
}

/** No chat here and now; the numbers always. */
export function Problem({ role, code, onRetry }: ProblemProps) {
  useArrival();
  return (
    <div class="bd">
      <h1 tabIndex={-1}>{te('err.title')}</h1>
      <Note tone="warn" role="alert">
        <Rich text={te(`err.${code}`, { role })} />
      </Note>
      {onRetry && (
        <button type="button" class="btn s" onClick={onRetry}>
          {te('nav.retry')}
        </button>
      )}
      <h2>{te('err.call')}</h2>
      <HelpLines numbers={allNumbers} role={role} />
    </div>
  );
}
