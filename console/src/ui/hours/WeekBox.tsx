import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { dayOf, dateOf } from '@clbchat/shared/hours/calendar';
import { intervalOf } from '@clbchat/shared/hours/blocks';
import { jumpOver } from '@clbchat/shared/hours/wishes';
import { dateWords } from '@clbchat/shared/words/calendar';
import { inWeek } from '../../model/hours/grid.ts';
import { hours as words } from '../../words/hours.ts';
import { Icon } from '../Icon.tsx';
import { HoursIcon } from './HoursIcon.tsx';
import { blockName, useHours } from './hours.ts';
import { WeekGrid } from './WeekGrid.tsx';

const NARROW = '(max-width: 47.4375em)';

/** Whether there is no room for seven columns; a choice holds until the room changes. */
function useNarrow() {
  const narrow = useSignal(matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const follow = () => (narrow.value = query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return narrow;
}

/** The ordinary week, as a grid or as a list: both can do everything. */
export function WeekBox() {
  const { page } = useHours();
  const asList = useNarrow();
  const today = dayOf(page.today.value);
  const { timezone } = page.draft.value.schedule;
  const jumps = page.grid.value.flatMap((block) => {
    const day = jumpOver(intervalOf(block), block.day, today, timezone);
    return day === null ? [] : [words.week.jump(blockName(block), dateWords(dateOf(day)))];
  });
  return (
    <section class="box" aria-labelledby="week-title">
      <div class="box-head">
        <h2 id="week-title">{words.week.title}</h2>
        <button type="button" class="button button-plain button-tiny" onClick={() => (asList.value = !asList.value)}>
          <HoursIcon name={asList.value ? 'grid' : 'list'} />
          {asList.value ? words.week.asGrid : words.week.asList}
        </button>
      </div>
      <p class="small muted">
        {!asList.value && <>{words.week.how} </>}
        {words.week.zone}
      </p>
      {page.grid.value.length === 0 && <p class="small">{words.week.none}</p>}
      {asList.value ? <WeekList /> : <WeekGrid />}
      {jumps.map((says) => (
        <p key={says} class="small jump">
          <Icon name="info" size={16} />
          <span>{says}</span>
        </p>
      ))}
    </section>
  );
}

function WeekList() {
  const { page, open } = useHours();
  return (
    <ul class="rows">
      {page.grid.value.toSorted(inWeek).map((block) => (
        <li key={block.id}>
          <span>{blockName(block)}</span>
          <button
            type="button"
            class="button button-plain button-tiny"
            aria-label={`${words.week.change}: ${blockName(block)}`}
            onClick={() => (open.value = { is: 'block', block, id: block.id })}
          >
            {words.week.change}
          </button>
          <button
            type="button"
            class="button button-plain button-tiny"
            aria-label={`${words.week.remove}: ${blockName(block)}`}
            onClick={() => (open.value = { is: 'remove', block })}
          >
            {words.week.remove}
          </button>
        </li>
      ))}
    </ul>
  );
}
