import type { ComponentType } from 'preact';
import { pinOf } from '@clbchat/shared/statement/signingKey';
import { signSites } from '@clbchat/shared/statement/sites';
import { openDatabase } from './device/database.ts';
import { issuerKeep } from './device/issuerKeep.ts';
import { createSitesApi } from './device/sitesApi.ts';
import { createSitesPage } from './model/sites/page.ts';
import { createStepUp, type ShowsAgain } from './model/stepUp.ts';
import type { Go } from './model/places.ts';
import { fetchAndTell, underReadiness } from './readiness.tsx';
import './styles/hours.css';
import './styles/sites.css';
import { StepUpDialog } from './ui/StepUpDialog.tsx';
import { SitesScreen } from './ui/sites/SitesScreen.tsx';

/** Everything of the page of schools, which only coordinators ever download. */
export function sitesPage(go: Go, nowMs: () => number, shows: ShowsAgain): ComponentType {
  const stepUp = createStepUp(shows);
  const api = createSitesApi(fetchAndTell);
  const page = createSitesPage({
    read: api.read,
    async write(seen, sites, signed) {
      const answer = await stepUp.with(() => api.write(seen, sites, signed));
      return answer === 'given_up' ? { is: answer } : answer;
    },
    issuer: async (account) => issuerKeep(await openDatabase(indexedDB)).read(account),
    sign: signSites,
    isOurs: async (issuer, pins) => pins.includes(await pinOf(issuer.rootPublic)),
    nowMs,
  });
  return underReadiness(
    'sites',
    () => (
      <>
        <SitesScreen page={page} />
        <StepUpDialog stepUp={stepUp} />
      </>
    ),
    go,
  );
}
