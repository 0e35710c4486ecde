import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as open } from 'node:https';
import Provider from 'oidc-provider';
import { certificateFor } from './tlsProxy.ts';

const CLIENT = { clientId: 'clbchat', clientSecret: 'a-secret-of-the-test' };
const SUBJECTS: Readonly<Record<string, string>> = { lien: 'subject-1', samir: 'subject-2' };

/** What answers in the place of the provider; false leaves it to the provider. */
type Instead = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A provider of the field, over TLS with a certificate of its own, with a login form that people fill in. */
export interface TestProvider {
  readonly settings: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly name: string;
  };
  /** what has to be believed: the text of its certificate */
  readonly cert: string;
  /** reaches it, and believes its certificate */
  readonly fetch: typeof fetch;
  /** every path that was asked of it, without what follows */
  readonly asked: string[];
  /** what stands before it from now on */
  instead: Instead;
  /** An id token that says this, by its key or by another one. */
  token(claims: object, how?: { readonly key?: KeyObject; readonly kid?: string; readonly alg?: string }): string;
  /** Its keys as it tells them; with another one it has a new one from now on. */
  keys(key?: KeyObject): object;
  /** the address that an account has there */
  called: (account: string) => string | undefined;
  /** whether it looked that the address is theirs */
  verified: boolean | undefined;
  /** the name under which they sign in there */
  username: string | undefined;
  /** Fills in the form as somebody does. @returns where it sends the browser back to */
  signIn(to: string, as: { readonly name: string; readonly severalFactors?: boolean }): Promise<URL>;
  stop(): Promise<void>;
}

const form = (uid: string) => `<!doctype html><html lang="nl"><title>Aanmelden bij de school</title>
<h1>Aanmelden bij de school</h1><form method="post" action="/interaction/${uid}">
<label>Naam <input name="name"></label><label>Wachtwoord <input name="password" type="password"></label>
<label>Code <input name="code"></label><button>Aanmelden</button></form>`;

export async function startOpenIdProvider(redirects: readonly string[]): Promise<TestProvider> {
  const { cert, key } = certificateFor(['localhost']);
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const asked: string[] = [];
  let handler = (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(503).end();
  };
  const server = createServer({ cert, key }, (request, response) => {
    asked.push((request.url ?? '').split('?')[0] ?? '');
    if (!made.instead(request, response)) handler(request, response);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const at = server.address();
  if (!at || typeof at === 'string') throw new Error('no port');
  const issuer = `https://localhost:${at.port}`;
  const jwkOf = (one: KeyObject) => {
    const jwk = one.export({ format: 'jwk' });
    return {
      ...jwk,
      use: 'sig',
      alg: 'ES256',
      kid: createHash('sha256')
        .update(jwk.x ?? '')
        .digest('hex')
        .slice(0, 8),
    };
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [...redirects] },
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [jwkOf(own)] },
    cookies: { keys: ['a key of the test'] },
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_ctx: unknown, accountId: string) => ({
      accountId,
      claims: () => ({
        ...{ sub: accountId, email: made.called(accountId), email_verified: made.verified },
        preferred_username: made.username,
      }),
    }),
    async loadExistingGrant(ctx: {
      oidc: {
        client: { clientId: string };
        session: { accountId: string };
        provider: { Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> } };
      };
    }) {
      const { client, session } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const rest = provider.callback();
  handler = (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return rest(request, response);
    void interaction(request, response).catch(() => response.writeHead(400).end());
  };
  async function interaction(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { uid } = await provider.interactionDetails(request, response);
    if (request.method === 'GET') return void response.writeHead(200, { 'content-type': 'text/html' }).end(form(uid));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const filled = new URLSearchParams(Buffer.concat(chunks).toString());
    const accountId = SUBJECTS[filled.get('name') ?? ''];
    if (!accountId || filled.get('password') !== 'geheim') return void response.writeHead(400).end();
    const amr = filled.get('code') ? ['pwd', 'otp', 'mfa'] : ['pwd'];
    await provider.interactionFinished(request, response, { login: { accountId, amr } });
  }

  /** One request as a browser makes it, without following where it is sent. */
  const ask = (
    url: URL,
    { method = 'GET', headers = {}, body }: { method?: string; headers?: object; body?: string },
  ) =>
    new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
      const asking = open(url, { method, headers: { ...headers }, ca: cert, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      });
      asking.on('error', reject);
      asking.end(body);
    });

  const made: TestProvider = {
    settings: { issuer, ...CLIENT, name: 'de school' },
    cert,
    asked,
    instead: () => false,
    called: (account) => `${account}@school.test`,
    verified: true,
    username: undefined,
    fetch: fetchBelieving(cert),
    token(claims, { key: by = own, kid = jwkOf(by).kid, alg = 'ES256' } = {}) {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const text = `${part({ alg, kid })}.${part(claims)}`;
      const signature = sign('sha256', Buffer.from(text), { key: by, dsaEncoding: 'ieee-p1363' });
      return `${text}.${alg === 'none' ? '' : signature.toString('base64url')}`;
    },
    keys(by = own) {
      const { d: _private, ...shown } = jwkOf(by) as Record<string, unknown>;
      return { keys: [shown] };
    },
    async signIn(to, { name, severalFactors = false }) {
      const jar = new Map<string, string>();
      let url = new URL(to);
      let filled: string | undefined;
      for (let steps = 0; steps < 10; steps += 1) {
        const cookie = [...jar].map(([one, value]) => `${one}=${value}`).join('; ');
        const post = { method: 'POST', body: filled ?? '' };
        const type = { 'content-type': 'application/x-www-form-urlencoded' };
        const answer = await ask(url, {
          headers: { cookie, ...(filled !== undefined && type) },
          ...(filled !== undefined && post),
        });
        for (const set of answer.headers['set-cookie'] ?? []) {
          const [, one = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
          jar.set(one, value);
        }
        filled = undefined;
        if (answer.headers.location !== undefined) {
          url = new URL(answer.headers.location, url);
          if (url.origin !== issuer) return url;
        } else if (url.pathname.startsWith('/interaction/') && answer.status === 200)
          filled = new URLSearchParams({ name, password: 'geheim', code: severalFactors ? '123456' : '' }).toString();
        else throw new Error(`the provider answered ${answer.status}: ${answer.body.toString()}`);
      }
      throw new Error('the provider never sends back');
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return made;
}

/** `fetch` of somebody who believes this certificate: Node takes others only when it starts. */
function fetchBelieving(cert: string): typeof fetch {
  return (input, { method = 'GET', headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const given = Object.fromEntries(new Headers(headers).entries());
      const asking = open(
        String(input as string | URL),
        { method, headers: given, ca: cert, agent: false, ...(signal && { signal }) },
        (answer) => {
          const told = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
          const stream = new ReadableStream<Uint8Array>({
            start(controller) {
              answer.on('data', (chunk: Buffer) => controller.enqueue(new Uint8Array(chunk)));
              answer.on('end', () => controller.close());
              answer.on('error', (error) => controller.error(error));
            },
            cancel: () => void answer.destroy(),
          });
          resolve(new Response(stream, { status: answer.statusCode ?? 500, headers: told }));
        },
      );
      asking.on('error', reject);
      asking.end(body === undefined || body === null ? undefined : String(body as string | URLSearchParams));
    });
}
