import { toBase64url } from '@clbchat/shared/base64url';
import { concat, utf8 } from '@clbchat/shared/bytes';
import { makeSigningPair } from '@clbchat/shared/statement/signingKey';
import type { Person, SessionPorts, Who } from '../model/session.ts';
import { browserClock } from './browser.ts';
import type { DemoApi } from './demoApi.ts';
import { asPerson, readPeople, readPerson, writePerson } from './people.ts';

const endOf = (leftMs: number | undefined) => (leftMs === undefined ? null : browserClock.nowMs() + leftMs);

/** Says that whoever asks for a certificate holds the key in it. */
async function proofOf(keys: CryptoKeyPair): Promise<{ devicePub: string; proof: string }> {
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  const said = concat(utf8('clbchat/1 demo-sign-in'), point);
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, said);
  return { devicePub: toBase64url(point), proof: toBase64url(new Uint8Array(signature)) };
}

/** The person whom both the session cookie and this profile's storage know. */
export async function remembered(database: IDBDatabase, api: DemoApi): Promise<Person | null> {
  const session = await api.session().catch(() => null);
  if (!session) return null;
  const people = await readPeople(database);
  const found = people.find(({ signed }) => signed?.account === session.account && signed.binding === session.binding);
  const person = found ? asPerson(found, session.roles) : null;
  return person && { ...person, endsMs: endOf(session.leftMs) };
}

/**
 * The same person by a new session. An answer that was lost on its way is asked for once more: the service knows the
 * cookie of before for a while.
 */
export async function renew(database: IDBDatabase, api: DemoApi, person: Person): Promise<Person | null> {
  const answer = await api
    .renew()
    .catch(() => api.renew())
    .catch(() => null);
  if (!answer) return null;
  const { leftMs, binding } = answer;
  const known = await readPerson(database, person.who);
  // a reload finds who it was only where both know the same session
  if (known?.signed) await writePerson(database, { ...known, signed: { ...known.signed, binding } });
  return { ...person, binding, endsMs: endOf(leftMs) };
}

/** One key per person and browser profile, made once; it signs, and cannot be taken out. */
export async function signIn(database: IDBDatabase, api: DemoApi, who: Who): ReturnType<SessionPorts['signIn']> {
  let keys: CryptoKeyPair;
  try {
    const known = await readPerson(database, who);
    keys = known?.keys ?? (await makeSigningPair());
    if (!known) await writePerson(database, { who, keys, signed: null });
  } catch {
    return { ok: false, why: 'no_key' };
  }
  try {
    const answer = await api.signIn({ who, ...(await proofOf(keys)) });
    if (!answer) return { ok: false, why: 'refused' };
    const { leftMs, roles, ...signed } = answer;
    await writePerson(database, { who, keys, signed });
    return { ok: true, person: { who, deviceKey: keys.privateKey, ...signed, roles, endsMs: endOf(leftMs) } };
  } catch {
    return { ok: false, why: 'unreachable' };
  }
}
