import { useSignal } from '@preact/signals';
import { intervalOf, type Block } from '@clbchat/shared/hours/blocks';
import { DAY_MIN, fromForm, place } from '../../model/hours/grid.ts';
import { dayNames, hours as words } from '../../words/hours.ts';
import { Dialog } from '../Dialog.tsx';
import { Field } from './Field.tsx';
import { FormFoot } from './FormFoot.tsx';
import { blockName, refusal, useHours } from './hours.ts';

const days = [1, 2, 3, 4, 5, 6, 0];
/** A field for a time knows no 24:00. */
const shown = (time: string) => (time === '24:00' ? '00:00' : time);

/** One block by two fields: the way for who does not drag. */
export function BlockDialog({ block, id, onClose }: { block: Block; id: number | null; onClose(): void }) {
  const { page, said, wanted, open } = useHours();
  const { from, to } = intervalOf(block);
  const [day, begins, ends] = [useSignal(block.day), useSignal(from), useSignal(shown(to))];
  const overNight = useSignal(block.to > DAY_MIN);
  const problem = useSignal<string | null>(null);

  const done = (event: Event) => {
    event.preventDefault();
    const wish = fromForm(day.value, begins.value, ends.value, overNight.value);
    if (!wish) {
      problem.value = words.block.times;
      return;
    }
    const placed = place(page.grid.peek(), wish, id);
    if (placed.is !== 'placed') {
      problem.value = refusal(placed);
      return;
    }
    wanted.value = placed.id;
    said.value = blockName(wish);
    page.setGrid(placed.grid);
    onClose();
  };
  const remove = () => {
    const own = page.grid.peek().find((one) => one.id === id);
    if (own) open.value = { is: 'remove', block: own };
  };
  return (
    <Dialog title={id === null ? words.block.add : words.block.change} onClose={onClose}>
      <form class="form" noValidate onSubmit={done}>
        <Field label={words.block.day}>
          <select class="input" value={day.value} onChange={(event) => (day.value = Number(event.currentTarget.value))}>
            {days.map((one) => (
              <option key={one} value={one}>
                {dayNames[one]}
              </option>
            ))}
          </select>
        </Field>
        <div class="pair">
          <TimeField label={words.block.from} value={begins.value} onValue={(time) => (begins.value = time)} />
          <TimeField label={words.block.to} value={ends.value} onValue={(time) => (ends.value = time)} />
        </div>
        <label class="check">
          <input
            type="checkbox"
            checked={overNight.value}
            onChange={(event) => (overNight.value = event.currentTarget.checked)}
          />
          {words.block.overNight}
        </label>
        <FormFoot problem={problem.value} yes={words.block.ok} onClose={onClose}>
          {id !== null && (
            <button type="button" class="button button-plain button-small" onClick={remove}>
              {words.block.remove}
            </button>
          )}
        </FormFoot>
      </form>
    </Dialog>
  );
}

export function TimeField({ label, value, onValue }: { label: string; value: string; onValue(time: string): void }) {
  return (
    <Field label={label}>
      <input
        class="input"
        type="time"
        step={900}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Field>
  );
}
