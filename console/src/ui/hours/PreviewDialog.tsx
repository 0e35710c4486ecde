import { useSignal } from '@preact/signals';
import { dateWords, holidayNames } from '@clbchat/shared/words/calendar';
import { previewAt, type Preview } from '../../model/hours/preview.ts';
import { dayNames, hourWords, hours as words } from '../../words/hours.ts';
import { Dialog } from '../Dialog.tsx';
import { TimeField } from './BlockDialog.tsx';
import { DateField } from './DaysDialog.tsx';
import { useHours } from './hours.ts';

const week = [1, 2, 3, 4, 5, 6, 0];
const SOON_MS = 6 * 86_400_000;

/** The visitor's screen at any moment, by what stands on the page now. */
export function PreviewDialog({ onClose }: { onClose(): void }) {
  const { page } = useHours();
  const [date, time] = [useSignal(page.today.peek()), useSignal(page.time.peek())];
  const asked = date.value !== '' && time.value !== '' ? previewAt(date.value, time.value, page.draft.value) : null;
  return (
    <Dialog title={words.preview.title} onClose={onClose}>
      <div class="pair">
        <DateField label={words.preview.date} value={date.value} onValue={(next) => (date.value = next)} />
        <TimeField label={words.preview.time} value={time.value} onValue={(next) => (time.value = next)} />
      </div>
      {page.changed.value && <p class="small muted">{words.preview.notSaved}</p>}
      <div class="visitor" aria-live="polite">
        {asked ? <Seen {...asked} /> : words.preview.when}
      </div>
      <div class="dialog-actions">
        <button type="button" class="button button-secondary button-small" onClick={onClose}>
          {words.preview.close}
        </button>
      </div>
    </Dialog>
  );
}

function Seen({ hours, closesAt, week: table, holiday, why }: Preview) {
  if (hours.is === 'open' || hours.is === 'closing') {
    return (
      <>
        <p class="visitor-title">{closesAt ? words.preview.openUntil(closesAt) : words.preview.open}</p>
        {hours.is === 'closing' && <p class="small">{words.preview.closing}</p>}
      </>
    );
  }
  const { opens } = hours;
  const day = opens
    ? `${(dayNames[opens.day] ?? '').toLowerCase()}${opens.inMs < SOON_MS ? '' : ` ${dateWords(opens.date)}`}`
    : '';
  return (
    <>
      <p class="visitor-title">{words.preview.closed}</p>
      {why && <p>{words.preview.why[why]}</p>}
      <p>{opens ? words.preview.next(day, opens.time) : words.preview.unknown}</p>
      <table>
        <caption>{words.preview.hours}</caption>
        <tbody>
          {week.map((one) => {
            const spans = table[one] ?? [];
            return spans.length === 0 ? null : (
              <tr key={one} class={one === opens?.day ? 'on' : ''}>
                <th scope="row">{dayNames[one]}</th>
                <td>{spans.map(({ from, to }) => `${hourWords(from)} – ${hourWords(to)} uur`).join(', ')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {holiday && <p class="small muted">{holidayWords(holiday)}</p>}
    </>
  );
}

function holidayWords({ name, from, to }: NonNullable<Preview['holiday']>): string {
  const shown = holidayNames[name];
  if (from === to) return words.preview.holidayDay(shown, dateWords(from));
  return words.preview.holiday(shown, dateWords(from), dateWords(to));
}
