import type { Digest } from '@clbchat/shared/ids';
import { makeIssuer, signDevice, type Issuer } from '@clbchat/shared/statement/issuer';
import { proveHolder } from '@clbchat/shared/statement/holder';
import { openRoot, type OpenedRoot } from '@clbchat/shared/statement/rootFile';
import { makeRoots, type MadeRoots } from '@clbchat/shared/statement/roots';
import { exportPublic, makeSigningPair, pinOf, type KeyPair } from '@clbchat/shared/statement/signingKey';
import { signIn, type SignedIn } from './clients.ts';
import { fromOurPage, request, type Answer } from './request.ts';
import { post } from './gettingIn.ts';
import { startService, type TestService } from './service.ts';

export const CENTRE_PASSPHRASE = 'vier gewone woorden op papier';
/** The fewest that open: what is tried is not how long it takes. */
const FEW = 600_000;

/** The roots of a centre, and O opened. */
export interface CentreKeys extends MadeRoots {
  readonly root: OpenedRoot;
}

export async function makeCentreKeys(): Promise<CentreKeys> {
  const made = await makeRoots(CENTRE_PASSPHRASE, FEW);
  const root = await openRoot(made.files.O, CENTRE_PASSPHRASE);
  if (!root.ok) throw new Error(root.why);
  return { ...made, root };
}

/** Somebody who is signed in, with what a console of hers knows. */
export interface AtConsole {
  readonly service: TestService;
  readonly account: string;
  readonly cookie: string;
}
const bindingOf = ({ service, cookie }: AtConsole) => service.sessions.bindingOf(cookie)!;

export const get = ({ service, cookie }: AtConsole, path: string): Promise<Answer> =>
  request(service, 'GET', path, { headers: { ...fromOurPage(service), cookie } });
export const send = ({ service, cookie }: AtConsole, path: string, body: object): Promise<Answer> =>
  post(service, path, body, cookie);
/** A status and a code, as a test reads them. */
export const codeOf = ({ status, body }: Answer): string =>
  `${status} ${(JSON.parse(body === '' ? '{}' : body) as { code?: string }).code ?? 'ok'}`;

export interface Computer {
  readonly keys: KeyPair;
  readonly pub: string;
  readonly id: Digest;
}
export async function computer(): Promise<Computer> {
  const keys = await makeSigningPair();
  const pub = await exportPublic(keys.publicKey);
  return { keys, pub, id: (await pinOf(pub)) as Digest };
}

/** Asks that this computer be signed. */
export async function asks(who: AtConsole, { keys, pub }: Computer): Promise<Answer> {
  const facts = { pub, account: who.account, binding: bindingOf(who) };
  return send(who, '/api/devices/ask', { pub, proof: await proveHolder(keys.privateKey, 'device', facts) });
}

/** Makes an issuer with the centre's root. */
export const issuerBy = ({ root }: CentreKeys, nowMs: number, org = 'CLB Voorbeeld'): Promise<Issuer> =>
  makeIssuer(root, { org, nowMs });

/** What of an issuer goes on record. */
export const issuerPart = ({ rootPublic, statement }: Issuer): string => `${rootPublic}.${statement}`;

export async function posts(who: AtConsole, issuer: Issuer): Promise<Answer> {
  const pub = await exportPublic(issuer.keys.publicKey);
  const proof = await proveHolder(issuer.keys.privateKey, 'issuer', {
    ...{ pub, account: who.account, binding: bindingOf(who) },
  });
  return send(who, '/api/issuers', { statement: issuerPart(issuer), proof });
}

export const chainOf = (
  issuer: Issuer,
  says: { readonly sub: string; readonly pub: string; readonly name?: string; readonly site?: string },
  nowMs: number,
): Promise<string> => signDevice(issuer, { name: 'Lien', site: 'CLB Noord', ...says, nowMs });

/** Starts a service of this centre, in which nothing is signed but by its keys. */
export const startCentre = (centre: CentreKeys, more: Parameters<typeof startService>[0] = {}): Promise<TestService> =>
  startService({ pins: [...centre.pins], passkeys: 'too', demo: false, ...more });

/** Somebody at a console of this service. */
export const at = async (service: TestService, who: 'noor' | 'lien'): Promise<AtConsole & SignedIn> => ({
  ...(await signIn(service, who)),
  service,
});
