import { useSignal } from '@preact/signals';
import { minuteOf, timeOf } from '@clbchat/shared/hours/calendar';
import type { ShutReason } from '@clbchat/shared/protocol/status';
import { DAY_MIN, STEP_MIN } from '../../model/hours/grid.ts';
import { endOn, isOpenFrom, longerOn, openedOn, shutOn, shutStill } from '../../model/hours/today.ts';
import { hours as words } from '../../words/hours.ts';
import { Dialog } from '../Dialog.tsx';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { TimeField } from './BlockDialog.tsx';
import { FormFoot } from './FormFoot.tsx';
import { useHours } from './hours.ts';

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

/** That somebody closed it for today, and the way back. */
export function ShutToday() {
  const { page } = useHours();
  const shut = shutStill(page.holds.value, page.today.value, minuteOf(page.time.value));
  if (!shut) return null;
  const { date, why } = shut;
  const again = async () => {
    document.getElementById('page-title')?.focus(); // the button goes
    await page.atOnce((schedule) => openedOn(schedule, date));
  };
  return (
    <div class="note note-danger shut" role="region" aria-label={words.today.isShut[why]}>
      <Icon name="circle-alert" />
      <span>{words.today.isShut[why]}</span>
      <Firm class="button button-plain button-small" onClick={() => void again()}>
        {words.today.again}
      </Firm>
    </div>
  );
}

/** Asks why, in one of two words that visitors read, and closes at once [U20]. */
export function ShutDialog({ onClose }: { onClose(): void }) {
  const { page } = useHours();
  const why = useSignal<ShutReason>('technical');
  const shut = async () => {
    const today = page.today.peek();
    const done = page.atOnce((schedule) => shutOn(schedule, today, why.peek()));
    onClose();
    await done;
    document.getElementById('page-title')?.focus(); // the button that asked is gone
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
      <div class="dialog-actions">
        <Firm class="button button-plain button-small" onClick={() => void shut()}>
          {words.today.shut}
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
  const problem = useSignal<string | null>(null);
  const done = (event: Event) => {
    event.preventDefault();
    const said = until.value === '' ? 0 : minuteOf(until.value) || DAY_MIN;
    if (said <= earliest()) {
      problem.value = words.today.tooEarly(timeOf(earliest()));
      return;
    }
    void page.atOnce((schedule) => longerOn(schedule, today, said));
    onClose();
  };
  return (
    <Dialog title={words.today.longerTitle} onClose={onClose}>
      <form class="form" noValidate onSubmit={done}>
        <TimeField label={words.today.until} value={until.value} onValue={(time) => (until.value = time)} />
        <FormFoot problem={problem.value} yes={words.today.longerYes} onClose={onClose} />
      </form>
    </Dialog>
  );
}
