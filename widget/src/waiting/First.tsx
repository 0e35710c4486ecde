import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { agreed } from '@clbchat/shared/agreed';
import { useArrival } from '../frame/arrival.ts';
import { Icon } from '../frame/Icon.tsx';
import { quiet } from '../frame/typing.ts';
import type { At } from '../inside.ts';
import { circleAlert } from '../steps/icons.ts';
import { ts } from '../steps/words.ts';
import { tw } from './words.ts';

const SAVE_MS = 400;

/** The first question, written while waiting. Whatever was typed when the turn comes is kept. */
export function First({ visitor, room }: At<'waiting'>) {
  const text = useSignal(visitor.first.value);
  const tooLong = text.value.length - agreed.textUnitsMax;
  const role = visitor.role.value;
  useArrival();

  const keep = () => {
    if (text.peek().length <= agreed.textUnitsMax) visitor.writeFirst(text.peek());
  };
  useEffect(() => {
    const timer = setTimeout(keep, SAVE_MS);
    return () => clearTimeout(timer);
  }, [text.value]);
  useEffect(
    () => () => {
      keep();
      if (text.peek().length > agreed.textUnitsMax) room.composer.write(text.peek());
    },
    [],
  );

  return (
    <div class="bd">
      <h1 tabIndex={-1}>{tw('first.title')}</h1>
      <p>{tw('first.lead')}</p>
      <div class="field">
        <label for="first">{ts('first.label')}</label>
        <textarea
          {...quiet}
          class="inp"
          id="first"
          rows={7}
          placeholder={ts('first.ph', { role })}
          value={text.value}
          aria-invalid={tooLong > 0}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        {tooLong > 0 && (
          <p class="msg" role="status">
            <Icon d={circleAlert} size="s" />
            {ts('first.toolong', { n: tooLong })}
          </p>
        )}
      </div>
    </div>
  );
}
