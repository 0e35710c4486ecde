import { useSignal, type Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Holiday } from '@clbchat/shared/protocol/status';
import { dateWords } from '@clbchat/shared/words/calendar';
import { hoursWithin, type Choice, type Dated } from '../../model/hours/days.ts';
import { daysWished, wished, wishThatStands, type Typed } from '../../model/hours/daysForm.ts';
import { dayNames, holidayTitle, hours as words, rangeWords } from '../../words/hours.ts';
import { Dialog } from '../Dialog.tsx';
import { TimeField } from './BlockDialog.tsx';
import { Field } from './Field.tsx';
import { FormFoot, FormProblem, useToWrong, wrongField } from './FormFoot.tsx';
import { useHours } from './hours.ts';

const weekdays = [1, 2, 3, 4, 5, 6, 0];
const kinds = ['closed', 'limited', 'open'] as const;

interface Wrong {
  readonly at: 'first' | 'last' | 'hours' | 'on';
  readonly says: string;
}
type Why = Extract<ReturnType<typeof daysWished>, { ok: false }>['why'];
const FIELD: Readonly<Record<Why, Wrong['at']>> = {
  dates: 'last',
  order: 'last',
  past: 'last',
  far: 'last',
  times: 'hours',
  span: 'hours',
  overlap: 'hours',
  no_hour: 'hours',
  noDay: 'on',
};

/** What holds on some days: a holiday's, which are given, or any. `days` is what stands there already. */
export function DaysDialog({ days, holiday, onClose }: { days: Dated | null; holiday?: Holiday; onClose(): void }) {
  const { page } = useHours();
  const { schedule } = page.draft.value;
  const given = holiday ?? days;
  const stands = useMemo(() => wishThatStands(schedule, given, page.today.peek()), []);
  const [first, last] = [useSignal(stands.first), useSignal(stands.last)];
  const is = useSignal<Choice['is']>(stands.is);
  const [spans, on] = [useSignal(stands.spans), useSignal(stands.on)];
  const isMany = holiday && stands.is === 'limited' && hoursWithin(schedule, holiday).length > 1;
  const wrong = useSignal<Wrong | null>(null);
  const form = useToWrong(wrong.value);
  const isAt = (at: Wrong['at']) => wrong.value?.at === at;

  const done = (event: Event) => {
    event.preventDefault();
    const wish = { is: is.value, first: first.value, last: last.value, spans: spans.value, on: on.value };
    const judged = daysWished(wish, schedule, given, page.today.peek());
    if (!judged.ok) {
      const says = judged.why === 'no_hour' ? words.days.noHour(dateWords(judged.date)) : words.days[judged.why];
      wrong.value = { at: judged.why === 'dates' && first.value === '' ? 'first' : FIELD[judged.why], says };
      return;
    }
    const next = wished(schedule, given, wish, judged.choice, page.today.peek());
    if (next !== schedule) page.change({ schedule: next });
    onClose();
  };
  return (
    <Dialog title={holiday ? holidayTitle(holiday.name) : words.days.addTitle} onClose={onClose}>
      <form ref={form} class="form" noValidate onSubmit={done}>
        {holiday ? (
          <p class="small muted">{rangeWords(holiday)}</p>
        ) : (
          <div class="pair">
            <DateField
              label={words.days.first}
              value={first.value}
              isWrong={isAt('first')}
              onValue={(date) => (first.value = date)}
            />
            <DateField
              label={words.days.last}
              value={last.value}
              isWrong={isAt('last')}
              onValue={(date) => (last.value = date)}
            />
          </div>
        )}
        {(isAt('first') || isAt('last')) && <FormProblem says={wrong.value!.says} />}
        <fieldset class="choices">
          <legend>{words.days.what}</legend>
          {kinds.map((one) => (
            <label key={one} class="check">
              <input type="radio" name="what" checked={is.value === one} onChange={() => (is.value = one)} />
              {words.choices[one]}
            </label>
          ))}
        </fieldset>
        {is.value === 'limited' && <Limited spans={spans} on={on} wrong={wrong.value?.at ?? null} />}
        {is.value === 'limited' && isMany && <p class="small">{words.days.many}</p>}
        <FormFoot
          problem={isAt('first') || isAt('last') ? undefined : (wrong.value?.says ?? null)}
          yes={words.block.ok}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}

interface LimitedProps {
  spans: Signal<readonly Typed[]>;
  on: Signal<readonly number[]>;
  wrong: Wrong['at'] | null;
}

/** Other hours than those of the week, on some of its days. */
function Limited({ spans, on, wrong }: LimitedProps) {
  const toggle = (day: number) =>
    (on.value = on.value.includes(day) ? on.value.filter((one) => one !== day) : [...on.value, day]);
  const type = (at: number, typed: Partial<Typed>) =>
    (spans.value = spans.value.map((one, place) => (place === at ? { ...one, ...typed } : one)));
  return (
    <>
      {spans.value.map(({ begins, ends }, at) => (
        <div key={at} class="pair">
          <TimeField
            label={words.block.from}
            value={begins}
            isWrong={wrong === 'hours'}
            onValue={(time) => type(at, { begins: time })}
          />
          <TimeField
            label={words.block.to}
            value={ends}
            isWrong={wrong === 'hours'}
            onValue={(time) => type(at, { ends: time })}
          />
        </div>
      ))}
      <fieldset class="choices choices-days">
        <legend>{words.days.weekdays}</legend>
        {weekdays.map((day) => (
          <label key={day} class="check">
            <input
              type="checkbox"
              checked={on.value.includes(day)}
              {...wrongField(wrong === 'on')}
              onChange={() => toggle(day)}
            />
            {dayNames[day]}
          </label>
        ))}
      </fieldset>
    </>
  );
}

interface DateProps {
  label: string;
  value: string;
  isWrong?: boolean;
  onValue(date: string): void;
}

export function DateField({ label, value, isWrong = false, onValue }: DateProps) {
  return (
    <Field label={label}>
      <input
        class="input"
        type="date"
        value={value}
        {...wrongField(isWrong)}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Field>
  );
}
