import { computed, signal, type Signal } from '@preact/signals';
import type { CentreFacts } from '@clbchat/shared/protocol/status';
import type { Visitor } from '@clbchat/shared/client/views';
import { App } from '../../widget/src/App.tsx';
import { barLine } from '../../widget/src/chat/barLine.ts';
import { createAnnouncer } from '../../widget/src/frame/announcer.ts';
import { createBorder, type Border } from '../../widget/src/frame/border.ts';
import type { Facts } from '../../widget/src/frame/facts.ts';
import { createShift } from '../../widget/src/frame/shift.ts';
import { pages as rarePages } from '../../widget/src/rare.ts';
import { Room } from '../../widget/src/Room.tsx';
import { pages as stepPages } from '../../widget/src/steps.ts';
import { createIntro } from '../../widget/src/steps/intro.ts';
import { createStart } from '../../widget/src/steps/start.ts';
import type { RarePages, VisitPart, Widget } from '../../widget/src/widget.ts';

const evenings = [{ from: '17:00', to: '21:00' }];

export const open: CentreFacts = {
  id: 'demo',
  name: 'CLBCh@t',
  site: 'CLB',
  state: 'open',
  hours: { is: 'open', closesInMs: 7_200_000 },
  closesAt: '21:00',
  week: [[], evenings, evenings, [{ from: '14:00', to: '21:00' }], evenings, [], []],
  holiday: { name: 'christmas', from: '2026-12-21', to: '2027-01-03' },
  exitUrl: 'https://www.meteo.be/nl',
  lengthToldMin: 45,
  languages: ['nl'],
  helpLines: { checked: '2026-11', lines: [], others: [] },
};
export const closed: CentreFacts = {
  ...open,
  state: 'closed',
  closesAt: null,
  hours: { is: 'closed', opens: { inMs: 86_400_000, day: 1, time: '17:00', date: '2026-11-23' } },
};

export interface Stage {
  readonly widget: Widget;
  readonly visit: Border<VisitPart>;
  readonly facts: Signal<Facts>;
  readonly pins: Signal<readonly string[] | null>;
  readonly minimised: Signal<boolean>;
  /** what was asked of the page, and of the service beside the visit */
  readonly left: string[];
  readonly App: () => preact.JSX.Element;
}

interface Options {
  readonly capable?: boolean;
  readonly kept?: Visitor['kept'];
  readonly hasLoader?: boolean;
  /** the visit is already on when the page opens */
  readonly already?: boolean;
  /** how what comes by the network comes; at once, unless said */
  readonly fetchVisit?: () => Promise<VisitPart>;
  readonly fetchRare?: () => Promise<RarePages>;
}

/** What came before anybody asked. */
function here<Part>(part: Part): Border<Part> {
  const came = Promise.resolve(part);
  return { part: signal(part), lost: signal(0), ask: () => came, bring: () => came };
}

/** The whole page around an engine that is given, without network, storage or frame. */
export function stage(
  visitor: Visitor,
  { capable = true, kept = 'session', hasLoader = true, already = true, fetchVisit, fetchRare }: Options = {},
): Stage {
  const part: VisitPart = { visitor, Room, barLine };
  const facts = signal<Facts>({ is: 'known', centre: open });
  const pins = signal<readonly string[] | null>(['pin']);
  const minimised = signal(false);
  const left: string[] = [];
  const intro = createIntro();
  const visit = already ? here(part) : createBorder(fetchVisit ?? (() => Promise.resolve(part)));
  const start = createStart(visit, intro);
  const leave = () => left.push('exit');
  const widget: Widget = {
    intro,
    start,
    pins,
    steps: here(stepPages),
    rare: fetchRare ? createBorder(fetchRare) : here(rarePages),
    capable,
    kept,
    leave,
    announcer: createAnnouncer(),
    shift: createShift(leave),
    facts: {
      facts,
      centre: computed(() => (facts.value.is === 'known' ? facts.value.centre : null)),
      load: () => (left.push('facts'), Promise.resolve()),
      retry: () => (left.push('retry'), Promise.resolve()),
    },
    around: {
      hasLoader: signal(hasLoader),
      minimised,
      minimise: () => (minimised.value = true),
      open: () => (minimised.value = false),
      attention: () => left.push('attention'),
    },
    help: signal(false),
    exitUrl: signal('https://www.meteo.be/nl'),
  };
  return { widget, visit, facts, pins, minimised, left, App: () => <App widget={widget} /> };
}
