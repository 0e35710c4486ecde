import { render, screen, waitFor } from '@testing-library/preact';
import { makeIssuer, type Issuer } from '@clbchat/shared/statement/issuer';
import { openRoot } from '@clbchat/shared/statement/rootFile';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import type { AllDevices, Answer, DevicesApi } from '../../console/src/model/devices.ts';
import type { ChosenFile } from '../../console/src/model/team/chosenFile.ts';
import { createDevicesPage } from '../../console/src/model/team/devices.ts';
import type { DevicesPorts } from '../../console/src/model/team/devicesPorts.ts';
import { NOTHING_HEARD } from '../../console/src/model/team/heard.ts';
import { DevicesBox } from '../../console/src/ui/team/DevicesBox.tsx';
import { madeOnce, PASSPHRASE } from '../roots/made.ts';
import { expect } from 'vitest';

export const DAY_MS = 86_400_000;
export const NOW_MS = Date.UTC(2026, 10, 26, 17);
export const ok = <Value,>(value: Value): Answer<Value> => ({ ok: true, value });
export const no = (why: string) => ({ ok: false, why }) as const;
export const fileOf = (bytes: Uint8Array): ChosenFile => ({
  size: bytes.length,
  arrayBuffer: async () => bytes.slice().buffer,
});

export async function issuerOf(nowMs = NOW_MS, org = 'CLB Voorbeeld'): Promise<Issuer> {
  const { files } = await madeOnce();
  const root = await openRoot(files.O, PASSPHRASE);
  if (!root.ok) throw new Error(root.why);
  return makeIssuer(root, { org, nowMs });
}
export const issuerId = async ({ keys }: Issuer) => pinOf(await exportPublic(keys.publicKey));

/** What the service says where Lien asks, and Noor can sign. */
export async function asked(issuer: Issuer | null, more: Partial<AllDevices> = {}): Promise<AllDevices> {
  const pub = await exportPublic((await makeSigningPair()).publicKey);
  const mine = issuer && {
    id: await issuerId(issuer),
    account: 'noor',
    name: 'Noor',
    endMs: NOW_MS + 1,
    revoked: false,
    active: true,
  };
  return {
    ...{ nowMs: NOW_MS, account: 'noor', binding: 'b', pins: (await madeOnce()).pins },
    asks: [{ id: await pinOf(pub), pub, account: 'lien', name: 'Lien' }],
    devices: [],
    issuers: mine ? [mine] : [],
    ...more,
  };
}

export function opened(
  said: AllDevices,
  issuer: Issuer | null,
  given: Partial<DevicesApi> = {},
  ports: Partial<DevicesPorts> = {},
) {
  const gone = async () => no('unreachable');
  const api: DevicesApi = {
    ...{
      own: gone,
      ask: gone,
      giveUp: gone,
      sign: gone,
      renew: gone,
      remove: gone,
      postIssuer: gone,
      revokeIssuer: gone,
    },
    all: async () => ok(said),
    ...given,
  };
  const stepUp: DevicesPorts['stepUp'] = {
    async with(ask) {
      const first = await ask();
      return first === 'step_up' ? ((await ask()) as never) : first;
    },
  };
  const page = createDevicesPage({
    ...{ api, stepUp, nowMs: () => NOW_MS, readIssuer: async () => issuer, writeIssuer: async () => undefined },
    hear: async () => NOTHING_HEARD,
    readPosted: async () => null,
    writePosted: async () => undefined,
    ...{ readAsked: async () => null, writeAsked: async () => undefined },
    ...ports,
  });
  render(<DevicesBox page={page} />);
  return page;
}
export const alert = (text: string) => waitFor(() => expect(document.body.textContent).toContain(text));
export const fill = (label: string, value: string) => {
  (screen.getByLabelText(label) as HTMLInputElement).value = value;
};
