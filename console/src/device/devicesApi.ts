import type { AllDevices, Answer, DevicesApi, OwnDevices } from '../model/devices.ts';

const headers = { 'content-type': 'application/json', 'x-clb': '1' };
const SIGNED_OUT = 401;

/** The doors of computers and of what they are signed with. Answers are ours: their shape is looked at where they are used. */
export function createDevicesApi(fetchFrom: typeof fetch): DevicesApi {
  async function ask<Value>(path: string, body?: object): Promise<Answer<Value>> {
    const how: RequestInit = body
      ? { method: 'POST', headers, credentials: 'same-origin', body: JSON.stringify(body) }
      : { headers: { 'x-clb': '1' }, credentials: 'same-origin' };
    try {
      const answer = await fetchFrom(`/api/${path}`, how);
      if (answer.ok) return { ok: true, value: (await answer.json()) as Value };
      if (answer.status === SIGNED_OUT) return { ok: false, why: 'over' };
      const { code } = Object(await answer.json()) as { code?: unknown };
      return { ok: false, why: typeof code === 'string' ? code : 'unreachable' };
    } catch {
      return { ok: false, why: 'unreachable' };
    }
  }
  return {
    own: () => ask<OwnDevices>('devices'),
    ask: (pub, proof) => ask<OwnDevices>('devices/ask', { pub, proof }),
    giveUp: (id) => ask<unknown>('devices/remove', { id }),
    all: () => ask<AllDevices>('devices/all'),
    sign: (chain) => ask<AllDevices>('devices/sign', { chain }),
    renew: (chain) => ask<AllDevices>('devices/renew', { chain }),
    remove: (id) => ask<AllDevices>('devices/remove', { id }),
    postIssuer: (statement, proof) => ask<AllDevices>('issuers', { statement, proof }),
    revokeIssuer: (id) => ask<AllDevices>('issuers/remove', { id }),
  };
}
