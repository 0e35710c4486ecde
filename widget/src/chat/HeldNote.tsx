import { Msg } from '../steps/Msg.tsx';
import type { WithWidget } from '../widget.ts';
import type { Composer } from './composer.ts';
import { PersonalNote } from './Notes.tsx';
import { tc } from './words.ts';

/** Why the text is still here, or how much still fits. */
export function HeldNote(props: WithWidget & { composer: Composer; onDone: () => void }) {
  const { composer } = props;
  const held = composer.held.value;
  const left = composer.left.value;
  if (held.is === 'personal') return <PersonalNote {...props} />;
  const problem = {
    no: null,
    too_long: held.is === 'too_long' ? tc('chat.toolong', { n: held.by }) : null,
    surrogate: tc('chat.surrogate'),
    returned: tc('chat.returned'),
  }[held.is];
  if (problem) return <Msg role="alert">{problem}</Msg>;
  if (left === null) return null;
  return (
    <p class={left < 0 ? 'msg sm' : 'xs muted'} role="status">
      {left < 0 ? tc('chat.toolong', { n: -left }) : tc('chat.left', { n: left })}
    </p>
  );
}
