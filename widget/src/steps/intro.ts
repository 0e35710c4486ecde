import { signal } from '@preact/signals';
import type { Role, Topic } from '@clbchat/shared/ids';

/** Where somebody is before joining, or after closing what is over. Nothing of it leaves the page before "Ga naar de wachtrij". */
export type Step = 'welcome' | 'anonymous' | 'topic' | 'name' | 'gone';

export type Intro = ReturnType<typeof createIntro>;

export const createIntro = () => {
  const step = signal<Step>('welcome');
  const role = signal<Role>('pupil');
  const topic = signal<Topic>('other');
  const nick = signal('');
  const first = signal('');
  /** came back from the page about anonymity: the focus goes back to its link */
  const explained = signal(false);

  return {
    step,
    role,
    topic,
    nick,
    first,
    chooseRole(chosen: Role) {
      role.value = chosen;
      step.value = 'topic';
    },
    chooseTopic(chosen: Topic) {
      topic.value = chosen;
      step.value = 'name';
    },
    explained,
    explain: () => (step.value = 'anonymous'),
    back() {
      explained.value = step.value === 'anonymous';
      step.value = step.value === 'name' ? 'topic' : 'welcome';
    },
    restart() {
      explained.value = false;
      step.value = 'welcome';
      nick.value = '';
      first.value = '';
    },
  };
};
