import type { Widget } from '../model/widget.ts';
import { ts } from '../words/nlSteps.ts';
import { useArrival } from './arrival.ts';
import { allNumbers, HelpLines } from './HelpLines.tsx';
import { Icon } from './Icon.tsx';
import { circleAlert } from './iconsSteps.ts';
import { Rich } from './Rich.tsx';

export interface ProblemProps {
  widget: Widget;
  /** too old a browser, no service, nobody to trust */
  code: 'browser' | 'down' | 'pins';
  onRetry?: () => void;
}

/** No chat here and now; the numbers always. */
export function Problem({ widget, code, onRetry }: ProblemProps) {
  const role = widget.intro.role.value;
  const text = code === 'browser' ? ts('err.browser', { role }) : ts(`err.${code}`);
  useArrival();
  return (
    <div class="bd">
      <h1 tabIndex={-1}>{ts('err.title')}</h1>
      <div class="note warn" role="alert">
        <Icon d={circleAlert} />
        <span>
          <Rich text={text} />
        </span>
      </div>
      {onRetry && (
        <button type="button" class="btn s" onClick={onRetry}>
          {ts('nav.retry')}
        </button>
      )}
      <h2>{ts('err.call')}</h2>
      <HelpLines numbers={allNumbers} role={role} />
    </div>
  );
}
