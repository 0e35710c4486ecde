import { useEffect } from 'preact/hooks';
import type { Widget } from '../widget.ts';
import { tl } from './laterWords.ts';

/** Says what the three lights on the button show. */
export function ShiftVoice({ widget: { shift, announcer } }: { widget: Widget }) {
  const pressed = shift.pressed.value;
  const stayed = shift.stayed.value;
  useEffect(() => {
    if (pressed === 1) announcer.say(tl('exit.press2'));
    if (pressed === 2) announcer.say(tl('exit.press1'));
    if (stayed) announcer.say(tl('exit.timeout'));
  }, [pressed, stayed]);
  return null;
}
