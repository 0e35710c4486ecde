import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { createSettingsApi } from './device/settingsApi.ts';
import { fetchRelay } from './device/relay.ts';
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
  return () => <HoursScreen page={page} />;
}
