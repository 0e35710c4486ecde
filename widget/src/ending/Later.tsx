import type { CentreFacts } from '@clbchat/shared/protocol/status';
import { hourWords } from '../frame/hourWords.ts';
import { Icon } from '../frame/Icon.tsx';
import { nextDay } from './calendar.ts';
import { capital, dayNames, momentWords } from '@clbchat/shared/words/calendar';
import { tclosed } from './closedWords.ts';
import { calendar } from './icons.ts';

const DAY_MS = 86_400_000;

/** Who may wait in vain today: when one can come back, as the ordinary week has it. Nothing to press. */
export function Later({ centre }: { centre: CentreFacts }) {
  const next = nextDay(centre, Date.now());
  if (!next) return null;
  const hours = next.spans.map(({ from, to }) => tclosed('later.span', { van: hourWords(from), tot: hourWords(to) }));
  return (
    <div class="choice line">
      <span class="num">
        <Icon d={calendar} />
      </span>
      <span>
        <b>
          {next.inDays === 1
            ? tclosed('later.tomorrow')
            : tclosed('later.day', { dag: momentWords(next, next.inDays * DAY_MS) })}
        </b>
        <small>{tclosed('later.hours', { dag: capital(dayNames[next.day] ?? ''), uren: hours.join(', ') })}</small>
      </span>
    </div>
  );
}
