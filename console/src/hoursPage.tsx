import type { ComponentType } from 'preact';
import type { Clock } from '@clbchat/shared/client/ports';
import { createSettingsApi } from './device/settingsApi.ts';
import { createHoursPage } from './model/hours/page.ts';
import './styles/hours.css';
import { HoursScreen } from './ui/hours/HoursScreen.tsx';

/** Everything of the page of opening hours, which only coordinators ever download. */
export function hoursPage(clock: Clock): ComponentType {
  const page = createHoursPage(
    createSettingsApi((input, init) => fetch(input, init)),
    () => clock.nowMs(),
  );
  return () => <HoursScreen page={page} />;
}
