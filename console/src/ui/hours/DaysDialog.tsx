import { useSignal, type Signal } from '@preact/signals';
import type { Holiday } from '@clbchat/shared/protocol/status';
import { stateOf, withDays, type Choice, type Dated } from '../../model/hours/days.ts';
import { daysWished } from '../../model/hours/daysForm.ts';
import { dateWords, dayNames, holidayNames, hours as words, rangeWords } from '../../words/hours.ts';
import { Dialog } from '../Dialog.tsx';
import { TimeField } from './BlockDialog.tsx';
import { Field } from './Field.tsx';
import { useHours } from './hours.ts';

const weekdays = [1, 2, 3, 4, 5, 6, 0];
const SCHOOL_DAYS = [1, 2, 3, 4, 5];
const kinds = ['closed', 'limited', 'open'] as const;

/** What holds on some days: a holiday's, which are given, or any. `days` is what stands there already. */
export function DaysDialog({ days, holiday, onClose }: { days: Dated | null; holiday?: Holiday; onClose(): void }) {
  const { page } = useHours();
  const { schedule } = page.draft.value;
  const given = holiday ?? days;
  const first = useSignal(given?.from ?? page.today.peek());
  const last = useSignal(given?.to ?? page.today.peek());
  const now = holiday ? stateOf(schedule, holiday).is : days && days.open.length > 0 ? 'limited' : 'closed';
  const is = useSignal<Choice['is']>(now);
  const stood = days?.open[0] ?? { from: '17:00', to: '20:00' };
  const [begins, ends] = [useSignal(stood.from), useSignal(stood.to)];
  const on = useSignal<readonly number[]>(holiday ? SCHOOL_DAYS : weekdays);
  const problem = useSignal<string | null>(null);

  const done = (event: Event) => {
    event.preventDefault();
    const wish = {
      is: is.value,
      first: first.value,
      last: last.value,
      begins: begins.value,
      ends: ends.value,
      on: on.value,
    };
    const judged = daysWished(wish, schedule);
    if (!judged.ok) {
      problem.value = judged.why === 'no_hour' ? words.days.noHour(dateWords(judged.date)) : words.days[judged.why];
      return;
    }
    page.change({ schedule: withDays(schedule, first.value, last.value, judged.choice) });
    onClose();
  };
  return (
    <Dialog title={holiday ? holidayNames[holiday.name] : words.days.addTitle} onClose={onClose}>
      <form class="form" noValidate onSubmit={done}>
        {holiday ? (
          <p class="small muted">{rangeWords(holiday)}</p>
        ) : (
          <div class="pair">
            <DateField label={words.days.first} value={first.value} onValue={(date) => (first.value = date)} />
            <DateField label={words.days.last} value={last.value} onValue={(date) => (last.value = date)} />
          </div>
        )}
        <fieldset class="choices">
          <legend>{words.days.what}</legend>
          {kinds.map((one) => (
            <label key={one} class="check">
              <input type="radio" name="what" checked={is.value === one} onChange={() => (is.value = one)} />
              {words.choices[one]}
            </label>
          ))}
        </fieldset>
        {is.value === 'limited' && <Limited begins={begins} ends={ends} on={on} />}
        <p role="alert" class="form-problem">
          {problem.value}
        </p>
        <div class="dialog-actions">
          <button type="button" class="button button-plain button-small" onClick={onClose}>
            {words.block.cancel}
          </button>
          <button type="submit" class="button button-primary button-small">
            {words.block.ok}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface LimitedProps {
  begins: Signal<string>;
  ends: Signal<string>;
  on: Signal<readonly number[]>;
}

/** Other hours than those of the week, on some of its days. */
function Limited({ begins, ends, on }: LimitedProps) {
  const toggle = (day: number) =>
    (on.value = on.value.includes(day) ? on.value.filter((one) => one !== day) : [...on.value, day]);
  return (
    <>
      <div class="pair">
        <TimeField label={words.block.from} value={begins.value} onValue={(time) => (begins.value = time)} />
        <TimeField label={words.block.to} value={ends.value} onValue={(time) => (ends.value = time)} />
      </div>
      <fieldset class="choices choices-days">
        <legend>{words.days.weekdays}</legend>
        {weekdays.map((day) => (
          <label key={day} class="check">
            <input type="checkbox" checked={on.value.includes(day)} onChange={() => toggle(day)} />
            {dayNames[day]}
          </label>
        ))}
      </fieldset>
    </>
  );
}

export function DateField({ label, value, onValue }: { label: string; value: string; onValue(date: string): void }) {
  return (
    <Field label={label}>
      <input class="input" type="date" value={value} onInput={(event) => onValue(event.currentTarget.value)} />
    </Field>
  );
}
