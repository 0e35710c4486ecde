import { fromBase64url } from '@clbchat/shared/base64url';
import { fromUtf8 } from '@clbchat/shared/bytes';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import type { DevicesApi, OwnDevices } from '../model/devices.ts';
import { standing } from '../model/enrolment.ts';
import type { Person, Role } from '../model/session.ts';
import { readPerson, writePerson, type StoredPerson } from './people.ts';

/** What a certificate says to the person who has it. It is her own: who believes it has verified it. */
export interface OwnWords {
  readonly name: string;
  readonly site: string;
  readonly endsMs: number;
}
const DEVICE_PART = 4;

/** Null for what is no chain. */
export function ownWords(chain: string): OwnWords | null {
  try {
    const bytes = fromBase64url(chain.split('.')[DEVICE_PART] ?? '');
    const { name, site, exp } = JSON.parse((bytes && fromUtf8(bytes)) ?? '') as Record<string, unknown>;
    if (typeof name !== 'string' || typeof site !== 'string' || typeof exp !== 'number') return null;
    return { name, site, endsMs: exp * 1_000 };
  } catch {
    return null;
  }
}

export const idOf = async ({ keys }: Pick<StoredPerson, 'keys'>): Promise<string> =>
  pinOf(await exportPublic(keys.publicKey));

/**
 * Takes into the profile what the service has on record of this computer: signed, renewed, or taken away.
 *
 * @returns the person as she stands there then. @throws DOMException when the disk refuses: then what stood there stands
 */
export async function takeSigned(database: IDBDatabase, own: OwnDevices): Promise<StoredPerson | undefined> {
  const known = await readPerson(database, own.account);
  if (!known) return undefined;
  const id = await idOf(known);
  const chain = own.devices.find((one) => one.id === id)?.chain ?? null;
  const words = chain === null ? null : ownWords(chain);
  const { account, binding } = own;
  const signed = chain && words ? { account, binding, chain, name: words.name, site: words.site } : null;
  if (JSON.stringify(signed) === JSON.stringify(known.signed)) return known;
  const person = { ...known, signed };
  await writePerson(database, person);
  return person;
}

interface Said {
  readonly account: string;
  readonly binding: string;
  readonly roles: readonly Role[];
  readonly leftMs?: number;
}

/** Who is signed in by what only she has, as the service says; null when nobody is. Rejects when nobody can say. */
export async function saidOfSession(fetchFrom: typeof fetch): Promise<Said | null> {
  const answer = await fetchFrom('/api/session', { headers: { 'x-clb': '1' }, credentials: 'same-origin' });
  if (!answer.ok) return null;
  const said = Object(await answer.json()) as Partial<Said>;
  const { account, binding, roles, leftMs } = said;
  if (typeof account !== 'string' || typeof binding !== 'string' || !Array.isArray(roles)) return null;
  return { account, binding, roles, ...(typeof leftMs === 'number' && { leftMs }) };
}

/**
 * A counsellor who is signed in by what only she has, at a computer that may chat: her desk opens [O25]. Null for everybody else.
 * Does the service not say what is on record, her profile does; it finds out at the desk.
 */
export async function enrolled(
  database: IDBDatabase,
  { fetchFrom, api, nowMs }: { fetchFrom: typeof fetch; api: Pick<DevicesApi, 'own'>; nowMs: () => number },
): Promise<Person | null> {
  const said = await saidOfSession(fetchFrom).catch(() => null);
  if (!said?.roles.includes('counsellor')) return null;
  const own = await api.own();
  const known = own.ok
    ? await takeSigned(database, own.value).catch(() => readPerson(database, said.account))
    : await readPerson(database, said.account);
  const words = known?.signed ? ownWords(known.signed.chain) : null;
  if (!known?.signed || !words) return null;
  const here = { id: await idOf(known), endsMs: words.endsMs };
  if (standing(here, { said: own.ok ? own.value : null, nowMs: nowMs() }) !== 'signed') return null;
  const { account, binding, roles, leftMs } = said;
  return {
    ...{ who: account, deviceKey: known.keys.privateKey, account, binding, roles },
    ...{ name: known.signed.name, site: known.signed.site, chain: known.signed.chain },
    endsMs: leftMs === undefined ? null : nowMs() + leftMs,
    certEndsMs: words.endsMs,
  };
}
