import { confirmed, toConfirm } from '../../model/hours/days.ts';
import { holidayTitle, hours as words, rangeWords } from '../../words/hours.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { useHours } from './hours.ts';

/** Thirty days before a holiday that nobody confirmed [U5]. */
export function HolidayBanner() {
  const { page, open } = useHours();
  const { schedule } = page.draft.value;
  const due = toConfirm(schedule, page.today.value);
  if (!due) return null;
  const { holiday, is } = due.state;
  const confirm = () => {
    page.change({ schedule: confirmed(schedule, holiday) });
    document.getElementById('days-title')?.focus(); // the button that was pressed is gone
  };
  return (
    <div class="note note-warn" role="region" aria-label={holidayTitle(holiday.name)}>
      <Icon name="calendar-clock" />
      <span>
        <b>{words.days.banner(holidayTitle(holiday.name), due.inDays)}</b> {words.days.bannerLead}
        <b>{words.days.bannerIs[is]}</b>
        {words.days.bannerText(rangeWords(holiday))}{' '}
        <span class="note-actions">
          <Firm key={holiday.from} class="link" onClick={confirm}>
            {words.days.confirm}
          </Firm>
          {' · '}
          <button type="button" class="link" onClick={() => (open.value = { is: 'holiday', holiday })}>
            {words.days.change}
          </button>
        </span>
      </span>
    </div>
  );
}
