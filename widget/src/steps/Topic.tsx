import type { Topic as TopicId } from '@clbchat/shared/ids';
import { useArrival } from '../frame/arrival.ts';
import { Icon } from '../frame/Icon.tsx';
import { question } from '../frame/icons.ts';
import type { Widget } from '../widget.ts';
import { bookOpen, chevronRight, heartPulse, messagesSquare, signpost, smile } from './icons.ts';
import { StepBar } from './StepBar.tsx';
import { ts } from './words.ts';

/** Always in this order, for everybody. */
const choices = [
  ['learning', 'lake', bookOpen],
  ['wellbeing', 'sun', smile],
  ['school-career', 'lilac', signpost],
  ['health', 'green', heartPulse],
  ['other', 'plain', messagesSquare],
  ['about-clb', 'plain', question],
] as const satisfies readonly (readonly [TopicId, string, string])[];

export function Topic({ widget: { intro } }: { widget: Widget }) {
  useArrival();
  const role = intro.role.value;
  return (
    <div class="bd">
      <StepBar at={2} onBack={intro.back} />
      <div>
        <h1 tabIndex={-1}>{ts('topic.title', { role })}</h1>
        <p class="muted sm">{ts('topic.sub')}</p>
      </div>
      <div class="stack">
        {choices.map(([topic, colour, icon]) => (
          <button type="button" class="choice" onClick={() => intro.chooseTopic(topic)}>
            <span class={`pic ${colour}`}>
              <Icon d={icon} />
            </span>
            <span>
              <b>{ts(`topic.${topic}`, { role })}</b>
              <small>{ts(`topic.${topic}.sub`, { role })}</small>
            </span>
            <span class="chev">
              <Icon d={chevronRight} />
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}
