import { fireEvent, render } from '@testing-library/preact';
import { defaultCentre, parseCentre } from '@clbchat/server/centre/centre.rules';
import { bounds, orders } from '@clbchat/server/centre/bounds.rules';
import { createDoorSwitch, type DoorPort } from '../../console/src/model/door.ts';
import { createHoursPage } from '../../console/src/model/hours/page.ts';
import type { Saved, Settings, SettingsApi } from '../../console/src/model/hours/settings.ts';
import { HoursScreen } from '../../console/src/ui/hours/HoursScreen.tsx';
import { hours as words } from '../../console/src/words/hours.ts';

const parsed = parseCentre(defaultCentre());
if (!parsed.ok) throw new Error('a new centre has settings');
export const settings: Settings = {
  schedule: parsed.centre.schedule,
  rules: { ...parsed.centre.rules },
  exitUrl: parsed.centre.exitUrl,
};

/** The page of opening hours on a service that is given, as it stands once it is read. */
export async function show({
  answers = [],
  nowMs = Date.parse('2026-11-26T12:00:00+01:00'),
  over = {},
  exceptions = [],
  clock,
}: {
  answers?: Saved[];
  nowMs?: number;
  over?: Partial<SettingsApi>;
  exceptions?: Settings['schedule']['exceptions'];
  /** a signal, where time goes on */
  clock?: { readonly value: number };
} = {}) {
  const stands = { ...settings, schedule: { ...settings.schedule, exceptions } };
  const sent: Settings[] = [];
  const page = createHoursPage(
    {
      read: async () => ({ rev: 1, settings: stands, bounds, orders, nowMs }),
      write: async (seen, asked) => {
        sent.push(asked);
        return answers.shift() ?? { is: 'written', rev: seen + 1, settings: asked };
      },
      ...over,
    },
    () => clock?.value ?? nowMs,
  );
  const view = render(<HoursScreen page={page} door={createDoorSwitch(doorPort)} />);
  const button = (name: string | RegExp) => view.getByRole('button', { name });
  const press = (name: string | RegExp) => fireEvent.click(button(name));
  if (!over.read) await view.findByRole('heading', { name: words.week.title });
  return { page, view, button, press, sent };
}
const doorPort: DoorPort = { read: async () => null, put: async () => null };
export const key = (on: Element, name: string, shiftKey = false) => fireEvent.keyDown(on, { key: name, shiftKey });
/** What has the focus, as it is called. */
export const focused = () =>
  document.activeElement?.querySelector('.hidden-text')?.textContent ?? document.activeElement?.id;
