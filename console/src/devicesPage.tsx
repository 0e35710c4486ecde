import type { ComponentType } from 'preact';
import { openDatabase } from './device/database.ts';
import { createDemoSigner } from './device/demoSigner.ts';
import { createDevicesApi } from './device/devicesApi.ts';
import { issuerKeep } from './device/issuerKeep.ts';
import { createDevicesPage } from './model/team/devices.ts';
import { createStepUp, type ShowsAgain } from './model/stepUp.ts';
import { isDemonstration } from './device/relay.ts';
import type { Go } from './model/places.ts';
import { fetchAndTell, underReadiness } from './readiness.tsx';
import './styles/page.css';
import './styles/devices.css';
import './styles/fingerprint.css';
import { AbovePage } from './ui/AbovePage.tsx';
import { StepUpDialog } from './ui/StepUpDialog.tsx';
import { DevicesBox } from './ui/team/DevicesBox.tsx';
import { devices as words } from './words/devices.ts';

/** Everything of the page of computers, which only coordinators ever download. */
export async function devicesPage(go: Go, nowMs: () => number, shows: ShowsAgain): Promise<ComponentType> {
  const stepUp = createStepUp(shows);
  const keep = async () => issuerKeep(await openDatabase(indexedDB));
  const page = createDevicesPage({
    api: createDevicesApi(fetchAndTell),
    nowMs,
    readIssuer: async (account) => (await keep()).read(account),
    writeIssuer: async (account, issuer) => (await keep()).write(account, issuer),
    hear: async (account, says) => (await keep()).hear(account, says),
    readAsked: async (account) => (await keep()).readAsked(account),
    writeAsked: async (account, asked) => (await keep()).writeAsked(account, asked),
    readPosted: async (account) => (await keep()).readPosted(account),
    writePosted: async (account, posted) => (await keep()).writePosted(account, posted),
    stepUp,
    ...((await isDemonstration()) && { inHerName: createDemoSigner(fetchAndTell) }),
  });
  return underReadiness(
    'devices',
    function DevicesScreen() {
      return (
        <main class="page" id="page" data-region tabIndex={-1} aria-labelledby="page-title">
          <AbovePage />
          <div class="page-head">
            <h1 id="page-title" tabIndex={-1}>
              {words.title}
            </h1>
          </div>
          <p class="muted">{words.lead}</p>
          <DevicesBox page={page} />
          <StepUpDialog stepUp={stepUp} />
        </main>
      );
    },
    go,
  );
}
