import type { Widget } from '../model/widget.ts';
import { t } from '../words/nl.ts';
import { Frame } from './Frame.tsx';
import { Header } from './Header.tsx';
import { later } from './later.ts';
import { openStatus } from './openStatus.ts';
import { Welcome } from './Welcome.tsx';

const Loading = () => <p class="loading">{t('loading')}</p>;

/** Everything before a visitor waits, and the reasons why nobody can. */
function Content({ widget }: { widget: Widget }) {
  const { capable, pins, facts, intro, start } = widget;
  const known = facts.facts.value;
  const { Closed, Problem, steps } = later.value ?? {};
  if (!capable) return Problem ? <Problem widget={widget} code="browser" /> : <Loading />;
  if (known.is === 'loading' || pins.value === null) return <Loading />;
  if (known.is === 'down')
    return Problem ? <Problem widget={widget} code="down" onRetry={() => void facts.retry()} /> : <Loading />;
  if (pins.value.length === 0) return Problem ? <Problem widget={widget} code="pins" /> : <Loading />;
  // who is already starting hears from the answer that it closed
  if (known.centre.state === 'closed' && !start.busy.value && start.refusal.value === null)
    return Closed ? <Closed centre={known.centre} /> : <Loading />;
  const step = intro.step.value;
  if (step === 'welcome') return <Welcome widget={widget} />;
  const Screen = steps?.[step];
  return Screen ? <Screen widget={widget} /> : <Loading />;
}

export const IntroScreen = ({ widget }: { widget: Widget }) => (
  <Frame widget={widget} header={<Header widget={widget} status={openStatus(widget.facts.facts.value)} />}>
    <Content widget={widget} />
  </Frame>
);
