import type { ComponentType } from 'preact';
import { signSites, SITES_SKEW_MS_MAX, verifySites } from '@clbchat/shared/statement/sites';
import { openDatabase } from './device/database.ts';
import { issuerKeep } from './device/issuerKeep.ts';
import { ownList } from './device/ownList.ts';
import { ownHost } from './device/relay.ts';
import { createSitesApi } from './device/sitesApi.ts';
import { createSitesPage } from './model/sites/page.ts';
import { createStepUp, type ShowsAgain } from './model/stepUp.ts';
import type { Go } from './model/places.ts';
import { fetchAndTell, underReadiness } from './readiness.tsx';
import './styles/page.css';
import './styles/sites.css';
import { StepUpDialog } from './ui/StepUpDialog.tsx';
import { SitesScreen } from './ui/sites/SitesScreen.tsx';

/** Everything of the page of schools, which only coordinators ever download. */
export function sitesPage(go: Go, nowMs: () => number, shows: ShowsAgain): ComponentType {
  const stepUp = createStepUp(shows);
  const api = createSitesApi(fetchAndTell);
  const keep = async () => issuerKeep(await openDatabase(indexedDB));
  const page = createSitesPage({
    read: api.read,
    async write(seen, sites, signed) {
      const answer = await stepUp.with(() => api.write(seen, sites, signed));
      return answer === 'given_up' ? { is: answer } : answer;
    },
    issuer: async (account) => (await keep()).read(account),
    seen: async (account) => (await keep()).readSeen(account),
    remember: async (account, rev) => (await keep()).writeSeen(account, rev),
    own: ownHost,
    stands: ownList,
    sign: signSites,
    verify: (text, pins) => verifySites(text, { pins, nowMs: nowMs(), skewMsMax: SITES_SKEW_MS_MAX }),
    nowMs,
  });
  return underReadiness(
    'sites',
    () => (
      <>
        <SitesScreen page={page} go={go} gaveUp={stepUp.leave} />
        <StepUpDialog stepUp={stepUp} />
      </>
    ),
    go,
  );
}
