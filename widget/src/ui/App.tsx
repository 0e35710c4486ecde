import type { ReadonlySignal } from '@preact/signals-core';
import { t } from '../words/nl.ts';
import { Frame } from './Frame.tsx';
import { Header } from './Header.tsx';
import { IntroScreen } from './IntroScreen.tsx';
import { later } from './later.ts';
import { openStatus } from './openStatus.ts';
import { livingRoom, type WithRoom } from './parts.ts';

interface Props extends WithRoom {
  /** a visit of this tab is being taken up again */
  resuming: ReadonlySignal<boolean>;
}

function Content(props: Props) {
  const { widget, resuming } = props;
  const living = livingRoom(props);
  if (living) return <living.Room widget={widget} visitor={living.visitor} />;
  if (!resuming.value) return <IntroScreen widget={widget} />;
  return (
    <Frame widget={widget} header={<Header widget={widget} status={openStatus(widget.facts.facts.value)} />}>
      <p class="loading">{t('loading')}</p>
    </Frame>
  );
}

/** The whole page. The panel stays alive while it is small, so that nothing written or read is lost. */
export function App(props: Props) {
  const { widget } = props;
  const { around, announcer } = widget;
  const minimised = around.minimised.value;
  const { SmallBar, ShiftVoice } = later.value ?? {};
  return (
    <>
      {minimised && SmallBar && <SmallBar {...props} />}
      <main class="panel" aria-label="CLBCh@t" hidden={minimised}>
        <Content {...props} />
      </main>
      {ShiftVoice && <ShiftVoice widget={widget} />}
      <div id="announce" class="vh" aria-live="polite" aria-atomic="true">
        {announcer.said.value}
      </div>
    </>
  );
}
