import { toBase64url } from '@clbchat/shared/base64url';
import { concat, utf8 } from '@clbchat/shared/bytes';
import { makeSigningPair } from '@clbchat/shared/statement/signingKey';
import type { Person, SessionPorts, Who } from '../model/session.ts';
import type { DemoApi } from './demoApi.ts';
import { asPerson, readPeople, readPerson, writePerson } from './people.ts';

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
  return found ? asPerson(found) : null;
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
    const signed = await api.signIn({ who, ...(await proofOf(keys)) });
    if (!signed) return { ok: false, why: 'refused' };
    await writePerson(database, { who, keys, signed });
    return { ok: true, person: { who, deviceKey: keys.privateKey, ...signed } };
  } catch {
    return { ok: false, why: 'unreachable' };
  }
}
