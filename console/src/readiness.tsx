import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { createDevicesApi } from './device/devicesApi.ts';
import { fetchRelay } from './device/relay.ts';
import { createSettingsApi } from './device/settingsApi.ts';
import { createSitesApi } from './device/sitesApi.ts';
import { createTeamReader } from './device/teamApi.ts';
import type { Go, Place } from './model/places.ts';
import { createReadiness } from './model/readiness.ts';
import './styles/readiness.css';
import { Above } from './ui/AbovePage.tsx';
import { ReadinessCard } from './ui/ReadinessCard.tsx';

const readiness = createReadiness({
  async devices() {
    const answer = await createDevicesApi(fetchRelay).all();
    return answer.ok ? answer.value : null;
  },
  settings: createSettingsApi(fetchRelay).read,
  sites: createSitesApi(fetchRelay).read,
  team: createTeamReader(fetchRelay),
});

/** For the pages: what somebody changes there shows at once in how far the centre is. */
export const fetchAndTell: typeof fetch = async (path, init) => {
  const answer = await fetchRelay(path, init);
  if (answer.ok && init?.method && init.method !== 'GET') void readiness.look(true);
  return answer;
};

/** A page of the coordinator with how far the centre is above it, asked for each time that the page is opened. */
export function underReadiness(at: Place, Page: ComponentType, go: Go): ComponentType {
  return function PageUnderReadiness() {
    useEffect(() => void readiness.look(), []);
    return (
      <Above.Provider value={<ReadinessCard model={readiness} at={at} go={go} />}>
        <Page />
      </Above.Provider>
    );
  };
}
