import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { createDoorApi } from './device/doorApi.ts';
import { createSettingsApi } from './device/settingsApi.ts';
import { fetchRelay } from './device/relay.ts';
import { createDoorSwitch } from './model/door.ts';
import { createHoursPage } from './model/hours/page.ts';
import './styles/hours.css';
import { HoursScreen } from './ui/hours/HoursScreen.tsx';

/**
 * Everything of the page of opening hours, which only coordinators ever download.
 *
 * @param nowMs runs, so that today is today after midnight, too
 */
export function hoursPage(nowMs: ReadonlySignal<number>): ComponentType {
  const page = createHoursPage(createSettingsApi(fetchRelay), () => nowMs.value);
  const door = createDoorSwitch(createDoorApi(fetchRelay));
  return () => <HoursScreen page={page} door={door} />;
}
