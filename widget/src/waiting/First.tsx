import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useArrival } from '../frame/arrival.ts';
import type { At } from '../inside.ts';
import { FirstField, tooLong } from '../steps/FirstField.tsx';
import { tw } from './words.ts';

const SAVE_MS = 400;

/** The first question, written while waiting. Whatever was typed when the turn comes is kept. */
export function First({ visitor, room }: At<'waiting'>) {
  const text = useSignal(visitor.first.value);
  useArrival();

  const keep = () => {
    if (tooLong(text.peek()) <= 0) visitor.writeFirst(text.peek());
  };
  useEffect(() => {
    const timer = setTimeout(keep, SAVE_MS);
    return () => clearTimeout(timer);
  }, [text.value]);
  useEffect(
    () => () => {
      keep();
      if (tooLong(text.peek()) > 0) room.composer.write(text.peek());
    },
    [],
  );

  return (
    <div class="bd">
      <h1 tabIndex={-1}>{tw('first.title')}</h1>
      <p>{tw('first.lead')}</p>
      <FirstField text={text} role={visitor.role.value} rows={7} hint={tw('first.kept')} />
    </div>
  );
}
