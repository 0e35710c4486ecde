import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { createDoorApi } from './device/doorApi.ts';
import { createSettingsApi } from './device/settingsApi.ts';
import { createDoorSwitch } from './model/door.ts';
import { createHoursPage } from './model/hours/page.ts';
import { createStepUp, type ShowsAgain } from './model/stepUp.ts';
import type { Go, Unsaved } from './model/places.ts';
import { fetchAndTell, underReadiness } from './readiness.tsx';
import './styles/page.css';
import './styles/hours.css';
import { StepUpDialog } from './ui/StepUpDialog.tsx';
import { HoursScreen } from './ui/hours/HoursScreen.tsx';

/**
 * Everything of the page of opening hours, which only coordinators ever download.
 *
 * @param go where its steps lead
 * @param unsaved is told while hours on it are not saved
 * @param nowMs runs, so that today is today after midnight, too
 * @param shows how she shows again that it is she, for another place for *Snel weg* [U95]
 */
export function hoursPage(go: Go, unsaved: Unsaved, nowMs: ReadonlySignal<number>, shows: ShowsAgain): ComponentType {
  const stepUp = createStepUp(shows);
  const api = createSettingsApi(fetchAndTell);
  const page = createHoursPage(
    {
      read: api.read,
      async write(seen, settings) {
        const answer = await stepUp.with(() => api.write(seen, settings));
        return answer === 'given_up' ? { is: answer } : answer;
      },
    },
    () => nowMs.value,
  );
  page.changed.subscribe((is) => unsaved.set('hours', is));
  const door = createDoorSwitch(createDoorApi(fetchAndTell));
  return underReadiness(
    'hours',
    () => (
      <>
        <HoursScreen page={page} door={door} />
        <StepUpDialog stepUp={stepUp} />
      </>
    ),
    go,
  );
}
