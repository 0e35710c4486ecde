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
  const signedIn = async (cookies: string | undefined) => {
    const binding = sessions.bindingOf(cookies);
    return binding === null ? null : sessions.find(binding);
  };

  app.addHook('onRequest', async ({ method, raw }, reply) => {
    const allowed = method === 'POST' ? isFromOurPage(origins(), raw) && mayPost(raw) : true;
    if (!allowed) return reply.code(403).send({ code: 'not_yours' });
  });

  app.post('/api/demo/sign-in', { bodyLimit: 1_024 }, async ({ body }, reply) => {
    const said = read(wish, body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const chain = await sign(said);
    if (!chain) return reply.code(403).send({ code: 'no_cert' });
    const { account, name, site } = PEOPLE[said.who];
    const { setCookie, session } = await sessions.open(account);
    return reply
      .header('set-cookie', setCookie)
      .send({ account, name, site, chain, ...shown(session), centre: centre() });
  });

  app.get('/api/demo/session', async ({ headers }, reply) => {
    const session = await signedIn(headers.cookie);
    return session ? { account: session.account, ...shown(session) } : reply.code(401).send({ code: 'no_cert' });
  });

  app.post('/api/demo/sign-out', async ({ headers }, reply) => {
    const session = await signedIn(headers.cookie);
    if (session) {
      reply.header('set-cookie', sessions.takenAway).header('clear-site-data', '"cache"');
      const noted = sessions.close(session);
      onSignOut(session);
      await noted;
    }
    return reply.code(204).send();
  });
};
