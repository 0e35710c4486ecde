import type { ComponentType } from 'preact';
import { pinOf } from '@clbchat/shared/statement/signingKey';
import { signSites } from '@clbchat/shared/statement/sites';
import { openDatabase } from './device/database.ts';
import { issuerKeep } from './device/issuerKeep.ts';
import { createSitesApi } from './device/sitesApi.ts';
import { createSitesPage } from './model/sites/page.ts';
import './styles/hours.css';
import './styles/sites.css';
import { SitesScreen } from './ui/sites/SitesScreen.tsx';

/** Everything of the page of schools, which only coordinators ever download. */
export function sitesPage(nowMs: () => number): ComponentType {
  const page = createSitesPage({
    ...createSitesApi((input, init) => fetch(input, init)),
    issuer: async (account) => issuerKeep(await openDatabase(indexedDB)).read(account),
    sign: signSites,
    isOurs: async (issuer, pins) => pins.includes(await pinOf(issuer.rootPublic)),
    nowMs,
  });
  return () => <SitesScreen page={page} />;
}
