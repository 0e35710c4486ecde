import {
  confirmed,
  holidaysFrom,
  hoursWithin,
  kindOf,
  ownDays,
  reachesBeyond,
  withoutDays,
  type Dated,
  type HolidayState,
} from '../../model/hours/days.ts';
import { holidayTitle, hours as words, rangeWords, spansWords, withinWords } from '../../words/hours.ts';
import { Firm } from '../Firm.tsx';
import { Field } from './Field.tsx';
import { useHours } from './hours.ts';

/** Closures, dated openings, and the school holidays of Flanders. */
export function DaysBox() {
  const { page, open } = useHours();
  const { schedule } = page.draft.value;
  const today = page.today.value;
  const own = ownDays(schedule, today).filter(({ to }) => to >= today);
  const holidays = holidaysFrom(schedule, today);
  // rows move when one goes or is confirmed: what takes an action is deaf again for whoever pressed twice [U32]
  const rows = `${own.length} ${holidays.filter(({ confirmed: isSure }) => isSure).length}`;
  return (
    <section class="box" aria-labelledby="days-title">
      <div class="box-head">
        <h2 id="days-title" tabIndex={-1}>
          {words.days.title}
        </h2>
        <button
          type="button"
          class="button button-secondary button-tiny"
          onClick={() => (open.value = { is: 'days', days: null })}
        >
          {words.days.add}
        </button>
      </div>
      <p class="small muted">{words.days.lead}</p>
      <ul class="rows days">
        {own.map((one) => (
          <OwnDays key={`${one.from} ${one.to}`} one={one} rows={rows} />
        ))}
        {holidays.map((state) => (
          <HolidayRow key={state.holiday.from} state={state} rows={rows} />
        ))}
      </ul>
      <Field label={words.days.others}>
        <select
          class="input"
          value={schedule.holidays}
          onChange={(event) =>
            page.change({
              schedule: { ...schedule, holidays: event.currentTarget.value === 'open' ? 'open' : 'closed' },
            })
          }
        >
          <option value="closed">{words.choices.closed}</option>
          <option value="open">{words.choices.open}</option>
        </select>
      </Field>
    </section>
  );
}

function OwnDays({ one, rows }: { one: Dated; rows: string }) {
  const { page, open } = useHours();
  const { schedule } = page.draft.value;
  const range = rangeWords(one);
  const label = (what: string) => words.days.label(what, range);
  const is = kindOf(schedule, one);
  const remove = () => {
    page.change({ schedule: withoutDays(schedule, one.from, one.to) });
    document.getElementById('days-title')?.focus();
  };
  return (
    <li>
      <span class="row-words">
        <b>{range}</b>
        <span class="small muted">{one.why ? words.today.reasons[one.why] : spansWords(one.open)}</span>
      </span>
      <Chip is={is} says={is === 'limited' && reachesBeyond(schedule, one) ? words.days.other : words.choices[is]} />
      <span class="row-actions">
        <button
          type="button"
          class="link"
          aria-label={label(words.days.change)}
          onClick={() => (open.value = { is: 'days', days: one })}
        >
          {words.days.change}
        </button>
        <Firm key={rows} class="link" aria-label={label(words.days.remove)} onClick={remove}>
          {words.days.remove}
        </Firm>
      </span>
    </li>
  );
}

function HolidayRow({ state, rows }: { state: HolidayState; rows: string }) {
  const { page, open } = useHours();
  const { holiday, is, confirmed: isSure } = state;
  const name = holidayTitle(holiday.name);
  const label = (what: string) => words.days.label(what, name);
  const confirm = () => {
    page.change({ schedule: confirmed(page.draft.peek().schedule, holiday) });
    document.getElementById('days-title')?.focus();
  };
  return (
    <li>
      <span class="row-words">
        <b>{name}</b>
        <span class="small muted">{rangeWords(holiday)}</span>
        {is === 'limited' &&
          hoursWithin(page.draft.value.schedule, holiday).map((one) => (
            <span key={one.dates[0]} class="small muted">
              {withinWords(one)}
            </span>
          ))}
      </span>
      <Chip is={is} says={words.choices[is]} />
      <span class="row-actions">
        {!isSure && <span class="small unsure">{words.days.unconfirmed}</span>}
        {!isSure && (
          <Firm key={rows} class="link" aria-label={label(words.days.confirm)} onClick={confirm}>
            {words.days.confirm}
          </Firm>
        )}
        <button
          type="button"
          class="link"
          aria-label={label(words.days.change)}
          onClick={() => (open.value = { is: 'holiday', holiday })}
        >
          {words.days.change}
        </button>
      </span>
    </li>
  );
}

function Chip({ is, says }: { is: HolidayState['is']; says: string }) {
  return <span class={`chip chip-${is}`}>{says}</span>;
}
