import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Schedule } from '@clbchat/shared/hours/schedule';
import { minuteOf, timeOf } from '@clbchat/shared/hours/calendar';
import type { ShutReason } from '@clbchat/shared/protocol/status';
import { DAY_MIN, STEP_MIN } from '../../model/hours/grid.ts';
import type { AtOnce } from '../../model/hours/page.ts';
import { endOn, isOpenFrom, longerOn, openedOn, shutOn, shutStill } from '../../model/hours/today.ts';
import { hours as words } from '../../words/hours.ts';
import { Dialog } from '../Dialog.tsx';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { TimeField } from './BlockDialog.tsx';
import { FormFoot, useToWrong } from './FormFoot.tsx';
import { problemWords, useHours } from './hours.ts';

const REASONS: readonly ShutReason[] = ['technical', 'force-majeure'];
const HOUR_MIN = 60;

/** What acts at once, and on today alone. */
export function TodayButtons() {
  const { page, open } = useHours();
  const today = page.today.value;
  const schedule = page.holds.value;
  const end = endOn(schedule, today);
  return (
    <>
      {isOpenFrom(schedule, today, minuteOf(page.time.value)) && (
        <button type="button" class="button button-plain button-small" onClick={() => (open.value = { is: 'shut' })}>
          {words.today.shut}
        </button>
      )}
      {end !== null && end < DAY_MIN && (
        <button type="button" class="button button-plain button-small" onClick={() => (open.value = { is: 'longer' })}>
          {words.today.longer}
        </button>
      )}
    </>
  );
}

/** What acts at once, and what became of it: what did not go is said where it was pressed [U90]. */
function useAtOnce(what: keyof typeof words.today.unsure, onDone: () => void) {
  const { page } = useHours();
  const is = useSignal<AtOnce>('same');
  const isHere = useRef(true);
  useEffect(() => () => void (isHere.current = false), []);
  const problem = {
    ...{ written: null, same: null, saving: null, not_yours: words.today.not_yours },
    unreachable: words.today.unsure[what],
    refused: [words.save.refused, ...page.problems.value.map(problemWords)].join(' '),
  }[is.value];
  const act = async (change: (schedule: Schedule) => Schedule) => {
    is.value = 'saving';
    is.value = await page.atOnce(change);
    // a window that is gone closes no other
    if (isHere.current && (is.value === 'written' || is.value === 'same')) onDone();
  };
  return { act, problem, isBusy: page.saving.value };
}

const toTitle = () => document.getElementById('page-title')?.focus();

/** That somebody closed it for today, and the way back. */
export function ShutToday() {
  const { page } = useHours();
  const { act, problem, isBusy } = useAtOnce('again', toTitle); // the button is gone
  const note = useRef<HTMLDivElement>(null);
  // the line below, which says the same, would cover it
  useLayoutEffect(() => {
    if (problem !== null) note.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  const shut = shutStill(page.holds.value, page.today.value, minuteOf(page.time.value));
  if (!shut) return null;
  const { date, why } = shut;
  return (
    <div ref={note} class="note note-danger shut" role="region" aria-label={words.today.isShut[why]}>
      <Icon name="circle-alert" />
      <span>
        {words.today.isShut[why]}
        <span role="alert" class="form-problem">
          {problem}
        </span>
      </span>
      <Firm
        class="button button-plain button-small"
        aria-disabled={isBusy}
        onClick={() => void act((schedule) => openedOn(schedule, date))}
      >
        {isBusy ? words.today.busy : words.today.again}
      </Firm>
    </div>
  );
}

/** Asks why, in one of two words that visitors read, and closes at once [U20]. */
export function ShutDialog({ onClose }: { onClose(): void }) {
  const { page } = useHours();
  const why = useSignal<ShutReason>('technical');
  const { act, problem, isBusy } = useAtOnce('shut', () => {
    onClose();
    requestAnimationFrame(toTitle); // the button that asked is gone
  });
  const shut = () => {
    const today = page.today.peek();
    return act((schedule) => shutOn(schedule, today, why.peek()));
  };
  return (
    <Dialog title={words.today.shutTitle} onClose={onClose}>
      <p>{words.today.shutLead}</p>
      <fieldset class="choices">
        <legend>{words.today.why}</legend>
        {REASONS.map((one) => (
          <label key={one} class="check">
            <input type="radio" name="why" checked={why.value === one} onChange={() => (why.value = one)} />
            {words.today.reasons[one]}
          </label>
        ))}
      </fieldset>
      <p role="alert" class="form-problem">
        {problem}
      </p>
      <div class="dialog-actions">
        <Firm class="button button-plain button-small" aria-disabled={isBusy} onClick={() => void shut()}>
          {isBusy ? words.today.busy : words.today.shut}
        </Firm>
        <button type="button" class="button button-secondary button-small" onClick={onClose}>
          {words.today.stay}
        </button>
      </div>
    </Dialog>
  );
}

/** Today's last end, later [U21]. */
export function LongerDialog({ onClose }: { onClose(): void }) {
  const { page } = useHours();
  const today = page.today.peek();
  // an end that has passed already would open nothing [U31]
  const earliest = () => Math.max(endOn(page.holds.peek(), today) ?? DAY_MIN, minuteOf(page.time.peek()));
  const hourLater = Math.ceil((earliest() + HOUR_MIN) / STEP_MIN) * STEP_MIN;
  const until = useSignal(timeOf(Math.min(hourLater, DAY_MIN) % DAY_MIN));
  const wrong = useSignal<{ readonly says: string } | null>(null);
  const form = useToWrong(wrong.value);
  const { act, problem, isBusy } = useAtOnce('longer', onClose);
  const done = (event: Event) => {
    event.preventDefault();
    const said = until.value === '' ? 0 : minuteOf(until.value) || DAY_MIN;
    if (said <= earliest()) {
      wrong.value = { says: words.today.tooEarly(timeOf(earliest())) };
      return;
    }
    wrong.value = null;
    void act((schedule) => longerOn(schedule, today, said));
  };
  return (
    <Dialog title={words.today.longerTitle} onClose={onClose}>
      <form ref={form} class="form" noValidate onSubmit={done}>
        <TimeField
          label={words.today.until}
          value={until.value}
          isWrong={wrong.value !== null}
          onValue={(time) => (until.value = time)}
        />
        <FormFoot
          problem={wrong.value?.says ?? problem}
          yes={isBusy ? words.today.busy : words.today.longerYes}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
