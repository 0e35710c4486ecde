import { render } from 'preact';
import { proveHolder } from '@clbchat/shared/statement/holder';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import { browserClock } from './device/browser.ts';
import { openDatabase } from './device/database.ts';
import { createDevicesApi } from './device/devicesApi.ts';
import { fetchRelay, isDemonstration } from './device/relay.ts';
import { ownWords } from './device/enrolled.ts';
import { issuerKeep } from './device/issuerKeep.ts';
import { writePerson } from './device/people.ts';
import { copyText, markUnderWay, saveFile, wasUnderWay } from './device/setupPage.ts';
import { createStepUpApi } from './device/stepUpApi.ts';
import type { OwnDevices } from './model/devices.ts';
import { createSetup } from './model/setup.ts';
import { keeping } from './model/team/keeping.ts';
import { createStepUp } from './model/stepUp.ts';
import sheet from './styles/setup.css?inline';
import { StepUpDialog } from './ui/StepUpDialog.tsx';
import { HasKeys, MayHaveKeys } from './ui/setup/HasKeys.tsx';
import { SetupScreen } from './ui/setup/SetupScreen.tsx';

/**
 * The roots of a centre, made by its first coordinator, who is signed in: what is made is kept, and goes on record [O31].
 *
 * @returns false where she is no coordinator, and nothing is shown: her console is what she came for
 */
export async function showCeremony(root: HTMLElement, own: OwnDevices): Promise<boolean> {
  const aheadMs = own.nowMs - browserClock.nowMs();
  const api = createDevicesApi(fetchRelay);
  // also who comes back here by the history of her browser, after the set-up [O51]
  const all = (await isDemonstration()) ? null : await api.all();
  if (all && !all.ok && all.why === 'not_yours') return false; // before anything of this page is there
  const style = new CSSStyleSheet();
  style.replaceSync(sheet);
  document.adoptedStyleSheets.push(style);
  if (all && !all.ok) {
    render(<MayHaveKeys onAgain={() => location.reload()} />, root);
    return true;
  }
  const lost = wasUnderWay();
  markUnderWay(false);
  if (all && all.value.everSigned !== false) {
    render(<HasKeys />, root);
    return true;
  }
  const stepUp = createStepUp(createStepUpApi(fetchRelay, () => undefined));
  const keep = keeping({
    api,
    stepUp,
    proofOf: async (keys, what, who) => {
      const pub = await exportPublic(keys.publicKey);
      return { pub, id: await pinOf(pub), proof: await proveHolder(keys.privateKey, what, { pub, ...who }) };
    },
    async write({ issuer, device }, { account, binding }) {
      const words = ownWords(device.chain);
      if (!words) throw new Error('what was signed is no chain');
      const database = await openDatabase(indexedDB);
      await issuerKeep(database).write(account, issuer);
      const signed = { account, binding, chain: device.chain, name: words.name, site: words.site };
      await writePerson(database, { who: account, keys: device.keys, signed });
    },
  });
  const setup = createSetup(
    {
      // what it signs has to hold at the service: its time is the one that counts, where this computer's is not a day off
      clock: { nowMs: () => browserClock.nowMs() + aheadMs },
      ...{ account: own.account, save: saveFile, keep, copy: copyText, underWay: markUnderWay },
    },
    lost,
  );
  render(
    <>
      <SetupScreen setup={setup} real />
      <StepUpDialog stepUp={stepUp} />
    </>,
    root,
  );
  return true;
}
