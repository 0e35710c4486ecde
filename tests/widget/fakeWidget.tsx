import { signal, type Signal } from '@preact/signals-core';
import type { CentreFacts } from '@clbchat/shared/protocol/status';
import type { Visitor } from '@clbchat/shared/client/views';
import { createAnnouncer } from '../../widget/src/model/announcer.ts';
import type { Facts } from '../../widget/src/model/facts.ts';
import { createIntro } from '../../widget/src/model/intro.ts';
import { createShift } from '../../widget/src/model/shift.ts';
import { createStart } from '../../widget/src/model/start.ts';
import type { Widget } from '../../widget/src/model/widget.ts';
import { parts as asideParts } from '../../widget/src/aside.ts';
import { parts } from '../../widget/src/later.ts';
import { App } from '../../widget/src/ui/App.tsx';
import { aside } from '../../widget/src/ui/fromAside.tsx';
import { later } from '../../widget/src/ui/later.ts';
import type { RoomParts } from '../../widget/src/ui/parts.ts';

import { Room } from '../../widget/src/ui/room/Room.tsx';

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
  readonly facts: Signal<Facts>;
  readonly pins: Signal<readonly string[] | null>;
  readonly minimised: Signal<boolean>;
  readonly left: string[];
  readonly App: () => preact.JSX.Element;
}

interface Options {
  readonly capable?: boolean;
  readonly kept?: Visitor['kept'];
  readonly hasLoader?: boolean;
  /** the visit is already on when the page opens */
  readonly already?: boolean;
}

/** The whole page around an engine that is given, without network, storage or frame. */
export function stage(
  visitor: Visitor,
  { capable = true, kept = 'session', hasLoader = true, already = true }: Options = {},
): Stage {
  later.value = parts;
  aside.value = asideParts;
  const facts = signal<Facts>({ is: 'known', centre: open });
  const pins = signal<readonly string[] | null>(['pin']);
  const minimised = signal(false);
  const left: string[] = [];
  const room = signal<RoomParts | null>({ Room });
  const intro = createIntro();
  const start = createStart(() => Promise.resolve(visitor), intro);
  if (already) start.visitor.value = visitor;
  const leave = () => left.push('exit');
  const widget: Widget = {
    intro,
    start,
    pins,
    capable,
    kept,
    leave,
    announcer: createAnnouncer(),
    shift: createShift(leave),
    facts: { facts, load: () => Promise.resolve(), retry: () => (left.push('retry'), Promise.resolve()) },
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
  const resuming = signal(false);
  return { widget, facts, pins, minimised, left, App: () => <App widget={widget} room={room} resuming={resuming} /> };
}
