import { Frame } from '../frame/Frame.tsx';
import { Loading, Rare } from '../frame/Loading.tsx';
import type { WithWidget } from '../widget.ts';
import { Welcome } from './Welcome.tsx';

/** Everything before a visitor waits, and the reasons why nobody can. */
function Content({ widget }: WithWidget) {
  const { capable, pins, facts, intro, start } = widget;
  const known = facts.facts.value;
  const role = intro.role.value;
  const pages = widget.steps.part.value;
  const Problem = pages?.Problem ?? Loading;
  const step = intro.step.value;
  const Step = step === 'welcome' ? Welcome : (pages?.[step] ?? Loading);
  if (step === 'gone') return <Step widget={widget} />;
  if (!capable) return <Problem widget={widget} role={role} code="browser" />;
  if (known.is === 'loading' || pins.value === null) return <Loading widget={widget} />;
  if (known.is === 'down')
    return <Problem widget={widget} role={role} code="down" onRetry={() => void facts.retry()} />;
  if (pins.value.length === 0) return <Problem widget={widget} role={role} code="pins" />;
  // who is already starting hears from the answer that it closed
  if (known.centre.state === 'closed' && !start.busy.value && start.refusal.value === null)
    return <Rare widget={widget} show={({ Closed }) => <Closed widget={widget} centre={known.centre} />} />;
  return <Step widget={widget} />;
}

export const IntroScreen = ({ widget }: WithWidget) => (
  <Frame widget={widget}>
    <Content widget={widget} />
  </Frame>
);
