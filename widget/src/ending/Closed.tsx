import type { CentreFacts, Interval } from '@clbchat/shared/protocol/status';
import { useArrival } from '../frame/arrival.ts';
import { hourWords } from '../frame/hourWords.ts';
import { HelpLines } from '../help/HelpLines.tsx';
import { capital, dateWords, dayNames, holidayNames } from '@clbchat/shared/words/calendar';
import { tclosed } from './closedWords.ts';
import type { WithWidget } from '../widget.ts';
import { WhenOpen } from './WhenOpen.tsx';

/** Monday first, as a week is read here. */
const week = [1, 2, 3, 4, 5, 6, 0];

const spanWords = (spans: readonly Interval[]) =>
  spans.map(({ from, to }) => `${hourWords(from)} – ${hourWords(to)} uur`).join(', ');

function holidayWords({ holiday }: CentreFacts): string | null {
  if (!holiday) return null;
  const vakantie = holidayNames[holiday.name];
  const van = dateWords(holiday.from);
  if (holiday.from === holiday.to) return tclosed('closed.holiday.day', { vakantie, van });
  return tclosed('closed.holiday', { vakantie, van, tot: dateWords(holiday.to) });
}

/** Closed: when the chat opens again, when it always does, and who helps now. Never a form for an e-mail. */
export function Closed({ widget, centre }: WithWidget & { centre: CentreFacts }) {
  useArrival();
  const holiday = holidayWords(centre);
  return (
    <div class="bd">
      <div>
        <h1 tabIndex={-1}>{tclosed('closed.title')}</h1>
        <WhenOpen widget={widget} to="new" />
      </div>
      <div class="card">
        <table class="hours">
          <caption class="h2">{tclosed('closed.hours')}</caption>
          <tbody>
            {week.map((day) => {
              const spans = centre.week[day] ?? [];
              return spans.length === 0 ? null : (
                <tr class={'opens' in centre.hours && day === centre.hours.opens?.day ? 'on' : ''}>
                  <th scope="row">{capital(dayNames[day] ?? '')}</th>
                  <td>{spanWords(spans)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {holiday && <p class="xs muted">{holiday}</p>}
      </div>
      <div class="stack">
        <h2>{tclosed('closed.now')}</h2>
        <HelpLines numbers={['102', '106', '112']} role="parent" />
      </div>
    </div>
  );
}
