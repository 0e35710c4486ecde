import type { IncomingMessage } from 'node:http';
import { bytes, read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import type { Session, Sessions } from '../accounts/sessions.store.ts';
import { isFromOurPage } from '../edge/admit.ts';
import { PEOPLE } from './people.rules.ts';

interface Needs {
  readonly sessions: Sessions;
  /** the certificate chain of a device, null when its proof does not hold */
  readonly sign: (asked: v.InferOutput<typeof wish>) => Promise<string | null>;
  readonly centre: () => { readonly name: string; readonly slotsMax: number };
  readonly origins: () => readonly string[];
  readonly mayPost: (request: IncomingMessage) => boolean;
  /** sockets of this session have no owner any more */
  readonly onSignOut: (session: Session) => void;
}

const wish = v.strictObject({ who: v.picklist(['lien', 'samir']), devicePub: bytes(65), proof: bytes(64) });

/**
 * One-click sign-in of the demonstration's counsellors, and what real sign-in will answer, too.
 *
 * - `POST /api/demo/sign-in` → `{account, name, site, chain, binding, leftMs, centre}` and a session cookie
 * - `GET /api/demo/session` → `{account, binding, leftMs}`, 401 when nobody is signed in
 * - `POST /api/demo/sign-out` → 204; 500 when it holds in this process only
 */
export const demoSignIn: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { sessions, sign, centre, origins, mayPost, onSignOut } = needs;

  const shown = (session: Session) => ({ binding: session.binding, leftMs: sessions.leftMs(session) });
  /** Takes one away for good, here at once. Rejects when others could not be told. */
  const closes = async (session: Session) => {
    const noted = sessions.close(session);
    onSignOut(session);
    await noted;
  };
  const signedIn = async (cookies: string | undefined) => {
    const binding = sessions.bindingOf(cookies);
    return binding === null ? null : sessions.find(binding);
  };

  app.addHook('onRequest', async ({ method, raw }, reply) => {
    if (method === 'POST' && !isFromOurPage(origins(), raw)) return reply.code(403).send({ code: 'not_yours' });
    // each asks the records, whatever its cookie is
    if (!mayPost(raw)) return reply.code(429).send({ code: 'too_fast' });
  });

  app.post('/api/demo/sign-in', { bodyLimit: 1_024 }, async ({ body, headers }, reply) => {
    const said = read(wish, body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const chain = await sign(said);
    if (!chain) return reply.code(403).send({ code: 'no_cert' });
    const { account, name, site } = PEOPLE[said.who];
    const before = await signedIn(headers.cookie);
    const { setCookie, session } = await sessions.open(account);
    if (before?.account === account) await sessions.close(before); // nobody has its cookie any more who should
    return reply
      .header('set-cookie', setCookie)
      .send({ account, name, site, chain, ...shown(session), centre: centre() });
  });

  app.get('/api/demo/session', async ({ headers }, reply) => {
    const session = await signedIn(headers.cookie);
    return session ? { account: session.account, ...shown(session) } : reply.code(401).send({ code: 'no_cert' });
  });

  app.post('/api/demo/sign-out', async ({ headers }, reply) => {
    const binding = sessions.bindingOf(headers.cookie);
    if (binding === null) return reply.code(204).send();
    const session = await sessions.find(binding);
    if (session) await closes(session);
    else if (sessions.isOwed(binding)) await sessions.close({ binding }); // who asks again is told when it holds everywhere
    // her browser keeps the cookie until then, or it could not ask again
    return reply.header('set-cookie', sessions.takenAway).header('clear-site-data', '"cache"').code(204).send();
  });
};
