import { dateOf } from '@clbchat/shared/hours/calendar';
import { mondayOf, weekName } from '@clbchat/shared/figures/weeks';
import type { Figures } from '../../model/figures/figures.ts';
import type { Choice, Period } from '../../model/figures/period.ts';
import { figures as words, weekText } from '../../words/figures.ts';
import { Icon } from '../Icon.tsx';

const CHOICES: readonly Choice[] = ['week', 'block', 'year', 'own'];

/** Which weeks the page is about. The week that goes on is there, too: whoever looks for it reads why it has no figures. */
export function PeriodChoice({ figures, all }: { figures: Figures; all: Period }) {
  const [choice, period] = [figures.choice.value, figures.period.value];
  if (!period) return null;
  const wrong =
    period.to > all.to || period.from > all.to ? words.tooEarly : period.from > period.to ? words.backwards : '';
  return (
    <div class="figure-period">
      <div role="group" aria-label={words.period} class="chips">
        {CHOICES.map((one) => (
          <button
            key={one}
            type="button"
            class="button button-plain"
            aria-pressed={choice === one}
            onClick={() => figures.choose(one)}
          >
            {choice === one && <Icon name="check" />}
            {words.choices[one]}
          </button>
        ))}
      </div>
      {choice === 'own' && (
        <div class="pair">
          <Week name={words.from} value={period.from} all={all} onChoose={(from) => figures.set({ from })} />
          <Week name={words.to} value={period.to} all={all} onChoose={(to) => figures.set({ to })} />
        </div>
      )}
      <p class="form-problem" role="status">
        {wrong}
      </p>
      <p class="muted">{spanText(period)}</p>
    </div>
  );
}

const textOf = (week: number): string => weekText(weekName(week), dateOf(mondayOf(week)), dateOf(mondayOf(week) + 6));
const spanText = ({ from, to }: Period): string => (from === to ? textOf(from) : `${textOf(from)} – ${textOf(to)}`);

interface WeekProps {
  name: string;
  value: number;
  all: Period;
  onChoose(week: number): void;
}
function Week({ name, value, all, onChoose }: WeekProps) {
  const weeks = Array.from({ length: all.to + 1 - all.from + 1 }, (_, at) => all.to + 1 - at);
  return (
    <label class="form-field">
      <span class="form-name">{name}</span>
      <select class="input" value={String(value)} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
        {weeks.map((week) => (
          <option key={week} value={String(week)}>
            {week > all.to ? `${textOf(week)}, ${words.running}` : textOf(week)}
          </option>
        ))}
      </select>
    </label>
  );
}
