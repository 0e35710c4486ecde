import { Bar } from './frame/Bar.tsx';
import { Frame } from './frame/Frame.tsx';
import { wifiOff } from './frame/icons.ts';
import { Loading } from './frame/Loading.tsx';
import { t } from './frame/words.ts';
import { IntroScreen } from './steps/IntroScreen.tsx';
import type { WithWidget } from './widget.ts';

function Content({ widget }: WithWidget) {
  const { living, resuming, lost } = widget.start;
  const part = living.value;
  if (part) return <part.Room widget={widget} visitor={part.visitor} />;
  if (!resuming.value) return <IntroScreen widget={widget} />;
  return (
    <Frame widget={widget}>
      {lost.value > 0 && <Bar look="warn" icon={wifiOff} text={t('conn.lost')} />}
      <Loading widget={widget} />
    </Frame>
  );
}

/** The whole page. The panel stays alive while it is small, so that nothing written or read is lost. */
export function App({ widget }: WithWidget) {
  const { around, announcer } = widget;
  const minimised = around.minimised.value;
  const pages = widget.steps.part.value;
  return (
    <>
      {minimised && pages && <pages.SmallBar widget={widget} />}
      <main class="panel" aria-label="CLBCh@t" hidden={minimised}>
        <Content widget={widget} />
      </main>
      {pages && <pages.ShiftVoice widget={widget} />}
      {pages && <pages.Files widget={widget} />}
      <div id="announce" class="vh" aria-live="polite" aria-atomic="true">
        {announcer.said.value}
      </div>
    </>
  );
}
