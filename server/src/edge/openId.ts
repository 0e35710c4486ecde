import { isName, spelled } from '@clbchat/shared/names';
import * as client from 'openid-client';
import { fewOfEach } from '../kernel/fewAtOnce.ts';

/** Of one answer of the provider. */
const ANSWER_WITHIN_S = 3;
const ANSWER_BYTES_MAX = 65_536;
/** How long what a provider said of itself counts, its keys among it. */
const KNOWN_FOR_MS = 600_000;
/** What it said of itself is not asked for anew sooner, whatever it answers: strangers may be why. */
const KNOWN_FOR_MS_MIN = 60_000;
/** Nor is what it failed to say: whoever presses meanwhile is told the same. */
const FAILED_FOR_MS = 5_000;
/** Codes that it is asked about at once, of all and of one address or one who is known, and how many of each wait for that: it may be slow with wrong ones. */
const PLACES = { atOnce: 16, ofEach: 4, queueMax: 32, queueOfEachMax: 8 };
/** By which its clock and ours may differ. */
const CLOCKS_DIFFER_S = 30;
/** What `iss` and `sub` may be, in characters. */
const ISSUER_CHARS_MAX = 512;
const SUBJECT_CHARS_MAX = 255;
/** Of what people are told that an account is called. */
const CALLED_CHARS_MAX = 80;
/** RFC 8176: more than one factor was shown. */
const SEVERAL_FACTORS = 'mfa';

export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** as people call it */
  readonly name: string;
}

/** What has to fit what comes back, each once: the verifier nobody but us knows. */
export interface Asked {
  readonly verifier: string;
  readonly nonce: string;
  readonly state: string;
}

/** What the provider sent the browser back with. */
export interface Back {
  readonly code: string;
  readonly state: string;
  readonly iss?: string | undefined;
}

/** By whom, and what has to fit it. */
interface BroughtBy {
  /** of whom no more than a share is asked about at once: an address, or somebody who is known here */
  readonly share: string;
  /** whether somebody who belongs here brings it: she goes before any stranger */
  readonly known: boolean;
  readonly asked: Asked;
  /** That the provider is asked about it now; false when it was before. */
  counts(): Promise<boolean>;
}

/** Whom the provider says to have before it. */
export interface Somebody {
  readonly issuer: string;
  readonly subject: string;
  /** whether it says that more than a password was shown */
  readonly severalFactors: boolean;
  /** the address or name by which people know it; null where it says none */
  readonly called: string | null;
}

export interface OpenId {
  readonly name: string;
  /** what only the centre and its provider have */
  readonly secret: string;
  /** Where a browser is sent. How the account is called is asked for where it is linked alone. Null when the provider cannot be used now. */
  begin(redirect: string, withinMs: number, what: 'in' | 'link', asked: Asked): Promise<string | null>;
  /**
   * @returns 'wrong' when what was brought is nothing that this provider gave; 'full' when too many are asked about and it
   *   was not, so that it may be brought again; null when the provider cannot be used now, or what it answers is not to be believed
   */
  end(redirect: string, withinMs: number, back: Back, by: BroughtBy): Promise<Somebody | 'wrong' | 'full' | null>;
}

interface Needs {
  readonly nowMs: () => number;
  readonly fetchFrom?: typeof fetch;
}

/**
 * An OpenID provider: code flow with PKCE, state and nonce, over TLS alone. What it says of itself is asked for when somebody
 * wants to sign in like that, and not before: one that is silent keeps nothing from starting.
 */
// over 80 lines because what is sent and what is looked at when it comes back stand beside each other
export function openIdOf(settings: OpenIdSettings, { nowMs, fetchFrom = fetch }: Needs): OpenId {
  let known: { readonly config: Promise<client.Configuration>; untilMs: number; readonly sinceMs: number } | null =
    null;
  const places = fewOfEach(PLACES);

  async function discover(): Promise<client.Configuration> {
    const config = await client.discovery(
      new URL(settings.issuer),
      settings.clientId,
      { [client.clockTolerance]: CLOCKS_DIFFER_S },
      authentication(settings.clientSecret),
      {
        [client.customFetch]: bounded(fetchFrom),
        timeout: ANSWER_WITHIN_S,
        // the token came over TLS from the provider itself; that it is also signed by a key of its is asked all the same
        execute: [client.enableNonRepudiationChecks],
      },
    );
    const { authorization_endpoint: there, token_endpoint: tokens } = config.serverMetadata();
    if (!there || !tokens) throw new Error('it says nothing of where to go');
    return config;
  }
  /** However many ask, it is asked once; what fails is asked for again some seconds later by whoever comes then. */
  function configuration(): Promise<client.Configuration> {
    const now = nowMs();
    if (known && known.untilMs > now) return known.config;
    const mine = { config: discover(), sinceMs: now, untilMs: now + KNOWN_FOR_MS };
    mine.config.catch(() => (mine.untilMs = nowMs() + FAILED_FOR_MS));
    return (known = mine).config;
  }
  /** What it said could not be believed: what was known of it may be why. */
  function doubt(): void {
    if (known && known.sinceMs + KNOWN_FOR_MS_MIN <= nowMs()) known = null;
  }

  return {
    name: settings.name,
    secret: settings.clientSecret,
    async begin(redirect, withinMs, what, asked) {
      const config = await configuration().catch(() => null);
      if (!config) return null;
      const modes = config.serverMetadata().response_modes_supported ?? ['query', 'fragment'];
      const to = client.buildAuthorizationUrl(config, {
        ...{
          redirect_uri: redirect,
          scope: ['openid', ...(what === 'link' ? namingAt(config) : [])].join(' '),
          state: asked.state,
          nonce: asked.nonce,
        },
        code_challenge: await client.calculatePKCECodeChallenge(asked.verifier),
        code_challenge_method: 'S256',
        // behind a # nobody is sent it but the page itself
        ...(modes.includes('fragment') && { response_mode: 'fragment' }),
        // whoever sits at a computer after her is asked who he is, whatever the provider remembers
        prompt: 'login',
        max_age: String(Math.ceil(withinMs / 1_000)),
      });
      return to.href;
    },
    async end(redirect, withinMs, back, { share, known: isKnown, asked, counts }) {
      const config = await configuration().catch(() => null);
      if (!config) return null;
      if (back.iss !== config.serverMetadata().issuer && (back.iss !== undefined || saysIssuer(config))) return 'wrong';
      const came = new URL(redirect);
      for (const [name, value] of Object.entries(back)) if (value !== undefined) came.searchParams.set(name, value);
      const grant = async () =>
        (await counts()) &&
        client.authorizationCodeGrant(config, came, {
          pkceCodeVerifier: asked.verifier,
          expectedNonce: asked.nonce,
          expectedState: asked.state,
          idTokenExpected: true,
          maxAge: Math.ceil(withinMs / 1_000),
        });
      try {
        const tokens = await places.run(share, grant, isKnown ? 0 : 1);
        if (!tokens) return 'full';
        return tokens.value === false ? 'wrong' : somebodyOf(tokens.value.claims());
      } catch (error) {
        // a code that it does not know is a matter of who brought it
        if (error instanceof client.ResponseBodyError) return error.error === 'invalid_grant' ? 'wrong' : null;
        doubt();
        return null;
      }
    },
  };
}

/** Whether it says with each answer whose that is. */
const saysIssuer = (config: client.Configuration) =>
  config.serverMetadata().authorization_response_iss_parameter_supported === true;

/** Throws for nobody that can be kept. */
function somebodyOf(claims: client.IDToken | undefined): Somebody {
  const { iss = '', sub = '' } = claims ?? {};
  const amr = claims?.['amr'];
  if (iss === '' || sub === '' || iss.length > ISSUER_CHARS_MAX || sub.length > SUBJECT_CHARS_MAX)
    throw new Error('nobody that can be kept');
  const severalFactors = Array.isArray(amr) && amr.includes(SEVERAL_FACTORS);
  return { issuer: iss, subject: sub, severalFactors, called: calledBy(claims ?? {}) };
}

/** What tells people which account it is, as far as the provider has it. */
const NAMING = ['email', 'profile'];
const NAMES = ['preferred_username', 'name'];
function namingAt(config: client.Configuration): string[] {
  const known = config.serverMetadata().scopes_supported ?? [];
  return NAMING.filter((scope) => known.includes(scope));
}
function calledBy(claims: Readonly<Record<string, unknown>>): string | null {
  // an address that nobody looked at is what somebody typed: it may be a colleague's
  const isLookedAt = claims['email_verified'] === true;
  const names = isLookedAt ? ['email', ...NAMES] : NAMES;
  for (const name of names) {
    const said = claims[name];
    const called = typeof said === 'string' ? spelled(said.slice(0, CALLED_CHARS_MAX)) : '';
    const looksLikeAddress = called.normalize('NFKC').includes('@') && !(isLookedAt && said === claims['email']);
    if (isName(called) && !looksLikeAddress) return called; // any other tells people nothing, or the wrong thing
  }
  return null;
}

/** By the header, as OpenID Connect has it where nothing else is said; in the body for a provider that takes only that. */
function authentication(secret: string): client.ClientAuth {
  const [inHeader, inBody] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (as, ...rest) => {
    const takes = as.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const by = takes.includes('client_secret_basic') ? inHeader : inBody;
    by(as, ...rest);
  };
}

/** Over TLS, to nowhere else than asked, and no more of an answer than one of theirs ever has. */
const bounded =
  (fetchFrom: typeof fetch): client.CustomFetch =>
  async (url, options) => {
    if (new URL(url).protocol !== 'https:') throw new Error('not over TLS');
    const { method, headers, body, signal } = options;
    const answer = await fetchFrom(url, {
      ...{ method, headers, redirect: 'manual' },
      ...(signal && { signal }),
      ...(body !== undefined && body !== null && { body }),
    });
    const read = await readUpTo(answer, ANSWER_BYTES_MAX);
    return new Response(read.length > 0 ? read : null, { status: answer.status, headers: answer.headers });
  };

async function readUpTo(answer: Response, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > bytesMax) throw new Error('an answer is longer than one may be'); // and what follows is not waited for
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
