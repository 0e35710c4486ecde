import { useSignal, type Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { intervalOf, type Block } from '@clbchat/shared/hours/blocks';
import {
  DAY_MIN,
  inWeek,
  moved,
  partsOf,
  place,
  resized,
  shownHours,
  STEP_MIN,
  type GridBlock,
} from '../../model/hours/grid.ts';
import { dayNames, hours as words, shortDays } from '../../words/hours.ts';
import { blockName, refusal, useHours } from './hours.ts';
import { useDrag } from './useDrag.ts';

/** Monday first, as a week is read here. */
const days = [1, 2, 3, 4, 5, 6, 0];

/** between the time of a block and what stands beside it, in px */
const ROOM_PX = 8;

/** What a key asks of the block that has the focus; null for every other key. */
function byKey(block: Block, { key, shiftKey }: KeyboardEvent): Block | null {
  const step = key === 'ArrowDown' ? STEP_MIN : key === 'ArrowUp' ? -STEP_MIN : 0;
  if (step !== 0) return shiftKey ? resized(block, step) : moved(block, step);
  if (key === 'ArrowLeft' && !shiftKey) return moved(block, 0, -1);
  if (key === 'ArrowRight' && !shiftKey) return moved(block, 0, 1);
  return null;
}

/** Brings the time of the block that has the focus between what stands in its way, above, and the bar of *Bewaar*, below. */
function showTime(body: HTMLElement): void {
  const block = document.activeElement;
  const time = body.contains(block) ? block?.querySelector(':scope > [aria-hidden]') : null;
  const page = body.closest('.page');
  if (!time || !page) return;
  const edge = page.getBoundingClientRect();
  const top = edge.top + page.querySelector('.week-problem')!.clientHeight;
  const bottom = Math.min(edge.bottom, page.querySelector('.save-bar')!.getBoundingClientRect().top);
  const shown = time.getBoundingClientRect();
  // where not all of it fits its first line is shown
  if (shown.bottom > bottom) page.scrollBy(0, Math.min(shown.bottom - bottom + ROOM_PX, shown.top - top));
  else if (shown.top < top) page.scrollBy(0, shown.top - top - ROOM_PX);
}

/** Why the last try did not go. It is over once anything else is done, here or beside it. */
function useProblem(): Signal<string | null> {
  const { page, open } = useHours();
  const problem = useSignal<string | null>(null);
  const others = [page.draft.value, page.version.value, page.saving.value, open.value];
  useLayoutEffect(() => void (problem.value = null), others);
  return problem;
}

/** A block that moved stands elsewhere in the page, and the focus goes with it. */
function useFocusWith(grid: readonly GridBlock[], body: RefObject<HTMLElement | null>): void {
  const { wanted } = useHours();
  // what was changed while the list stood here had its focus there
  useLayoutEffect(() => void (wanted.value = null), []);
  useLayoutEffect(() => {
    if (wanted.value === null) return;
    const block = `button[data-block="${wanted.value}"]`;
    const take = () => body.current?.querySelector<HTMLElement>(block)?.focus();
    wanted.value = null;
    take();
    // in the turn in which its window closed WebKit gives nothing the focus that was under it
    if (!document.activeElement?.matches(block)) requestAnimationFrame(take);
  }, [grid]);
}

/** Seven days beside each other; each block is a button. The same can be done by mouse, by keys and in the window of a block. */
export function WeekGrid() {
  const { page, open, said, wanted } = useHours();
  const problem = useProblem();
  const held = useSignal<number | null>(null);
  const body = useRef<HTMLDivElement>(null);
  /** presses of a key that asked for something */
  const presses = useSignal(0);
  const grid = page.grid.value;
  const { first, last } = shownHours(grid);

  const put = (block: Block, id: number | null) => {
    const placed = place(page.grid.peek(), block, id);
    problem.value = placed.is === 'placed' ? null : refusal(placed);
    if (placed.is !== 'placed') return;
    wanted.value = placed.id;
    said.value = blockName(block);
    page.setGrid(placed.grid);
  };
  const drag = useDrag({
    body,
    firstMin: first * 60,
    lastMin: last * 60,
    put,
    ask: (block) => (open.value = { is: 'block', block, id: null }),
  });

  useFocusWith(grid, body);

  // keys lead it further than the page shows, and a long block is in sight without its time
  useEffect(() => {
    if (body.current && presses.value > 0) showTime(body.current);
  }, [presses.value]);

  const press = (event: KeyboardEvent, block: GridBlock) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      open.value = { is: 'remove', block };
      return;
    }
    const next = byKey(block, event);
    if (!next) return;
    event.preventDefault();
    put(next, block.id);
    presses.value += 1;
  };
  const hoursShown = Array.from({ length: last - first }, (_, at) => first + at);
  return (
    <>
      <p class="week-problem" role="alert">
        {problem.value}
      </p>
      <div class="week" style={{ '--hours': last - first }}>
        <div class="week-hours" aria-hidden="true">
          {hoursShown.map((hour) => (
            <span key={hour}>{`${String(hour).padStart(2, '0')}:00`}</span>
          ))}
        </div>
        <div class="week-days" ref={body} {...drag.on}>
          {days.map((day) => (
            <Day
              key={day}
              day={day}
              first={first}
              ghost={drag.ghost.value}
              press={press}
              wasDrag={drag.wasDrag}
              held={held}
            />
          ))}
        </div>
      </div>
    </>
  );
}

interface DayProps {
  day: number;
  /** the hour at which the grid begins */
  first: number;
  ghost: { block: Block; id: number | null } | null;
  press(event: KeyboardEvent, block: GridBlock): void;
  wasDrag(): boolean;
  /** the block that has the focus: all of it is shown as chosen */
  held: Signal<number | null>;
}

function Day({ day, first, ghost, press, wasDrag, held }: DayProps) {
  const { page, open } = useHours();
  const blocks = page.grid.value.filter((block) => block.day === day).toSorted(inWeek);
  return (
    <div class="week-day" data-day={day} role="group" aria-label={dayNames[day]}>
      <span class="week-name" aria-hidden="true">
        {shortDays[day]}
      </span>
      <div class="week-column">
        {blocks.map((block) => (
          <button
            key={block.id}
            type="button"
            class={ghost?.id === block.id ? 'block block-away' : 'block'}
            data-block={block.id}
            data-ends={block.to <= DAY_MIN}
            style={placeOf(partsOf(block).begins, first)}
            onKeyDown={(event) => press(event, block)}
            onFocus={() => (held.value = block.id)}
            onBlur={() => (held.value = null)}
            onClick={({ detail }) => {
              // a key counts, whatever the mouse did before
              if (detail === 0 || !wasDrag()) open.value = { is: 'block', block, id: block.id };
            }}
          >
            <span class="hidden-text">{blockName(block)}</span>
            <span aria-hidden="true">{words.week.short(intervalOf(block))}</span>
          </button>
        ))}
        {page.grid.value.map((block) => {
          const { rest } = partsOf(block);
          return rest?.day === day && <Rest key={block.id} {...{ block, rest, first, ghost, held, wasDrag }} />;
        })}
        {ghost && <Ghost block={ghost.block} day={day} first={first} />}
      </div>
    </div>
  );
}

/** What of a block lies after midnight. Keys and screen readers meet the block once, on the day on which it begins. */
function Rest({
  block,
  rest,
  first,
  ghost,
  held,
  wasDrag,
}: Omit<DayProps, 'day' | 'press'> & { block: GridBlock; rest: Block }) {
  const { open } = useHours();
  const looks = [ghost?.id === block.id && 'block-away', held.value === block.id && 'block-held'];
  return (
    <div
      class={['block block-rest', ...looks].filter(Boolean).join(' ')}
      aria-hidden="true"
      data-block={block.id}
      data-ends="true"
      style={placeOf(rest, first)}
      onClick={({ currentTarget }) => {
        if (wasDrag()) return;
        // where the focus goes back to when the window closes
        currentTarget.closest('.week-days')?.querySelector<HTMLElement>(`button[data-block="${block.id}"]`)?.focus();
        open.value = { is: 'block', block, id: block.id };
      }}
    >
      {words.week.until(intervalOf(block))}
    </div>
  );
}

/** Where what is dragged would come to stand. */
function Ghost({ block, day, first }: { block: Block; day: number; first: number }) {
  const { begins, rest } = partsOf(block);
  return [begins, rest].map(
    (part) =>
      part?.day === day && (
        <div key={part.from} class="block block-ghost" aria-hidden="true" style={placeOf(part, first)}>
          {words.week.short(intervalOf(block))}
        </div>
      ),
  );
}

/** In hours of the grid, which the sheet makes lengths of. */
const placeOf = ({ from, to }: Block, first: number) => ({ '--from': from / 60 - first, '--length': (to - from) / 60 });
