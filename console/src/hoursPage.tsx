import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { createDoorApi } from './device/doorApi.ts';
import { createSettingsApi } from './device/settingsApi.ts';
import { createDoorSwitch } from './model/door.ts';
import { createHoursPage } from './model/hours/page.ts';
import type { Go, Unsaved } from './model/places.ts';
import { fetchAndTell, underReadiness } from './readiness.tsx';
import './styles/page.css';
import './styles/hours.css';
import { HoursScreen } from './ui/hours/HoursScreen.tsx';

/**
 * Everything of the page of opening hours, which only coordinators ever download.
 *
 * @param go where its steps lead
 * @param unsaved is told while hours on it are not saved
 * @param nowMs runs, so that today is today after midnight, too
 */
export function hoursPage(go: Go, unsaved: Unsaved, nowMs: ReadonlySignal<number>): ComponentType {
  const page = createHoursPage(createSettingsApi(fetchAndTell), () => nowMs.value);
  page.changed.subscribe((is) => unsaved.set('hours', is));
  const door = createDoorSwitch(createDoorApi(fetchAndTell));
  return underReadiness('hours', () => <HoursScreen page={page} door={door} />, go);
}
