import { useSignal } from '@preact/signals';
import { intervalOf, type Block } from '@clbchat/shared/hours/blocks';
import { DAY_MIN, fromForm, place, type Placed } from '../../model/hours/grid.ts';
import { dayNames, hours as words } from '../../words/hours.ts';
import { Dialog } from '../Dialog.tsx';
import { Field } from './Field.tsx';
import { FormFoot, FormProblem, useToWrong, wrongField } from './FormFoot.tsx';
import { blockName, refusal, useHours } from './hours.ts';

const days = [1, 2, 3, 4, 5, 6, 0];
/** A field for a time knows no 24:00. */
const shown = (time: string) => (time === '24:00' ? '00:00' : time);

interface Wrong {
  readonly at: 'day' | 'begins' | 'ends';
  readonly says: string;
}
const FIELD: Readonly<Record<Exclude<Placed['is'], 'placed'>, Wrong['at']>> = {
  order: 'ends',
  overlap: 'begins',
  full: 'day',
};

/** One block by two fields: the way for who does not drag. */
export function BlockDialog({ block, id, onClose }: { block: Block; id: number | null; onClose(): void }) {
  const { page, said, wanted, open } = useHours();
  const { from, to } = intervalOf(block);
  const [day, begins, ends] = [useSignal(block.day), useSignal(from), useSignal(shown(to))];
  const overNight = useSignal(block.to > DAY_MIN);
  const wrong = useSignal<Wrong | null>(null);
  const form = useToWrong(wrong.value);
  const isAt = (at: Wrong['at']) => wrong.value?.at === at;

  const done = (event: Event) => {
    event.preventDefault();
    const wish = fromForm(day.value, begins.value, ends.value, overNight.value);
    const refuse = (at: Wrong['at'], says: string) => void (wrong.value = { at, says });
    if (!wish) return refuse(begins.value === '' ? 'begins' : 'ends', words.block.times);
    const placed = place(page.grid.peek(), wish, id);
    if (placed.is !== 'placed') return refuse(FIELD[placed.is], refusal(placed));
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
      <form ref={form} class="form" noValidate onSubmit={done}>
        <Field label={words.block.day}>
          <select
            class="input"
            value={day.value}
            {...wrongField(isAt('day'))}
            onChange={(event) => (day.value = Number(event.currentTarget.value))}
          >
            {days.map((one) => (
              <option key={one} value={one}>
                {dayNames[one]}
              </option>
            ))}
          </select>
        </Field>
        <div class="pair">
          <TimeField
            label={words.block.from}
            value={begins.value}
            isWrong={isAt('begins')}
            onValue={(time) => (begins.value = time)}
          />
          <TimeField
            label={words.block.to}
            value={ends.value}
            isWrong={isAt('ends')}
            onValue={(time) => (ends.value = time)}
          />
        </div>
        <FormProblem says={wrong.value && wrong.value.says} />
        <label class="check">
          <input
            type="checkbox"
            checked={overNight.value}
            onChange={(event) => (overNight.value = event.currentTarget.checked)}
          />
          {words.block.overNight}
        </label>
        <FormFoot yes={words.block.ok} onClose={onClose}>
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

interface TimeProps {
  label: string;
  value: string;
  isWrong?: boolean;
  onValue(time: string): void;
}

export function TimeField({ label, value, isWrong = false, onValue }: TimeProps) {
  return (
    <Field label={label}>
      <input
        class="input"
        type="time"
        step={900}
        value={value}
        {...wrongField(isWrong)}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Field>
  );
}
