import type { Role, Topic as TopicId } from '@clbchat/shared/ids';
import { useArrival } from '../frame/arrival.ts';
import { Icon } from '../frame/Icon.tsx';
import { question } from '../frame/icons.ts';
import type { Widget } from '../widget.ts';
import { bookOpen, chevronRight, heartPulse, messagesSquare, signpost, smile } from './icons.ts';
import { StepBar } from './StepBar.tsx';
import { ts } from './words.ts';

interface Choice {
  topic: TopicId;
  colour: string;
  icon: string;
  words: (role: Role) => readonly [name: string, about: string];
}

/** Always in this order, for everybody. */
const choices: readonly Choice[] = [
  {
    topic: 'learning',
    colour: 'lake',
    icon: bookOpen,
    words: (role) => [ts('topic.learning'), ts('topic.learning.sub', { role })],
  },
  {
    topic: 'wellbeing',
    colour: 'sun',
    icon: smile,
    words: (role) => [ts('topic.wellbeing', { role }), ts('topic.wellbeing.sub', { role })],
  },
  {
    topic: 'school-career',
    colour: 'lilac',
    icon: signpost,
    words: (role) => [ts('topic.school-career', { role }), ts('topic.school-career.sub', { role })],
  },
  {
    topic: 'health',
    colour: 'green',
    icon: heartPulse,
    words: (role) => [ts('topic.health', { role }), ts('topic.health.sub', { role })],
  },
  { topic: 'other', colour: 'plain', icon: messagesSquare, words: () => [ts('topic.other'), ts('topic.other.sub')] },
  {
    topic: 'about-clb',
    colour: 'plain',
    icon: question,
    words: (role) => [ts('topic.about-clb'), ts('topic.about-clb.sub', { role })],
  },
];

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
      <div class="choices">
        {choices.map(({ topic, colour, icon, words }) => {
          const [name, about] = words(role);
          return (
            <button type="button" class="choice" onClick={() => intro.chooseTopic(topic)}>
              <span class={`pic ${colour}`}>
                <Icon d={icon} />
              </span>
              <span>
                <b>{name}</b>
                <small>{about}</small>
              </span>
              <span class="chev">
                <Icon d={chevronRight} />
              </span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
