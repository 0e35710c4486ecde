import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { proposed } from '../../model/hours/grid.ts';
import type { DoorSwitch } from '../../model/door.ts';
import type { HoursPage } from '../../model/hours/page.ts';
import { hours as words } from '../../words/hours.ts';
import { AbovePage } from '../AbovePage.tsx';
import { Arriving } from '../Arriving.tsx';
import { BlockDialog } from './BlockDialog.tsx';
import { Clash } from './Clash.tsx';
import { DaysBox } from './DaysBox.tsx';
import { DaysDialog } from './DaysDialog.tsx';
import { DoorButton, DoorToday } from './DoorToday.tsx';
import { HolidayBanner } from './HolidayBanner.tsx';
import { HoursIcon } from './HoursIcon.tsx';
import { HoursProvider, type Open } from './hours.ts';
import { PreviewDialog } from './PreviewDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RulesBox } from './RulesBox.tsx';
import { SaveBar } from './SaveBar.tsx';
import { LongerDialog, ShutDialog, ShutToday, TodayButtons } from './Today.tsx';
import { WeekBox } from './WeekBox.tsx';

/** When the centre is open, and by which rules. Everything here is a draft until it is saved. */
export function HoursScreen({ page, door }: { page: HoursPage; door: DoorSwitch }) {
  const open = useSignal<Open>(null);
  const said = useSignal('');
  const wanted = useSignal<number | null>(null);
  const state = page.state.value;
  useEffect(() => void page.open(), [page]);

  return (
    <HoursProvider value={{ page, open, said, wanted }}>
      <main class="page" id="page" data-region tabIndex={-1} aria-labelledby="page-title">
        <AbovePage />
        <div class="page-head">
          <h1 id="page-title" tabIndex={-1}>
            {words.title}
          </h1>
          {state.is === 'ready' && <HeadButtons page={page} door={door} open={(next) => (open.value = next)} />}
        </div>
        <Arriving is={state.is} words={words} onAgain={() => page.open()} />
        {state.is === 'ready' && (
          <>
            <ShutToday />
            <DoorToday door={door} />
            <Clash />
            <HolidayBanner />
            <div class="columns">
              <div class="column">
                <WeekBox />
                <RulesBox bounds={state.bounds} />
              </div>
              <DaysBox />
            </div>
            <SaveBar />
            <Windows open={open.value} close={() => (open.value = null)} />
          </>
        )}
        <div class="hidden-text" role="status" aria-live="polite">
          {said.value}
        </div>
      </main>
    </HoursProvider>
  );
}

function HeadButtons({ open, page, door }: { open(next: Open): void; page: HoursPage; door: DoorSwitch }) {
  return (
    <div class="page-actions">
      <DoorButton door={door} />
      <TodayButtons />
      <button type="button" class="button button-plain button-small" onClick={() => open({ is: 'preview' })}>
        <HoursIcon name="eye" />
        {words.preview.button}
      </button>
      <button
        type="button"
        class={`button ${page.changed.value ? 'button-secondary' : 'button-primary'} button-small`}
        id="add-block"
        onClick={() => open({ is: 'block', block: proposed(page.grid.peek()), id: null })}
      >
        <HoursIcon name="plus" />
        {words.week.add}
      </button>
    </div>
  );
}

function Windows({ open, close }: { open: Open; close(): void }) {
  if (!open) return null;
  switch (open.is) {
    case 'block':
      return <BlockDialog block={open.block} id={open.id} onClose={close} />;
    case 'remove':
      return <RemoveDialog block={open.block} onClose={close} />;
    case 'days':
      return <DaysDialog days={open.days} onClose={close} />;
    case 'holiday':
      return <DaysDialog holiday={open.holiday} days={null} onClose={close} />;
    case 'preview':
      return <PreviewDialog onClose={close} />;
    case 'shut':
      return <ShutDialog onClose={close} />;
    case 'longer':
      return <LongerDialog onClose={close} />;
  }
}
