import type { OwnSession, OwnSessions, Role, Who } from '../model/session.ts';

/** The demonstration's doors of the server. A cookie that scripts cannot read carries the session. */
interface SignInAnswer {
  account: string;
  name: string;
  site: string;
  chain: string;
  binding: string;
  roles: readonly Role[];
  /** ms until the session's absolute end */
  leftMs: number | undefined;
}
export interface DemoApi {
  /** @returns null when refused. @throws TypeError when the server cannot be reached */
  signIn(input: { who: Who; devicePub: string; proof: string }): Promise<SignInAnswer | null>;
  /** @returns null when nobody is signed in. @throws TypeError when the server cannot be reached */
  session(): Promise<Pick<SignInAnswer, 'account' | 'binding' | 'leftMs' | 'roles'> | null>;
  /** A new session in the place of this one. @returns null when refused. @throws TypeError when no answer came */
  renew(): Promise<Pick<SignInAnswer, 'binding' | 'leftMs'> | null>;
  readonly own: OwnSessions;
}

const headers = { 'content-type': 'application/json', 'x-clb': '1' };

const SIGNED_OUT = 401;
const FORBIDDEN = 403;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** @returns the fields asked for and what is left, or null when one is missing: then the answer is not one */
function texts<Field extends string>(
  value: unknown,
  fields: readonly Field[],
): (Record<Field, string> & Pick<SignInAnswer, 'leftMs'>) | null {
  if (typeof value !== 'object' || value === null) return null;
  const found = new Map(Object.entries(value));
  const out: Partial<Record<Field, string>> = {};
  for (const field of fields) {
    const one: unknown = found.get(field);
    if (!isText(one)) return null;
    out[field] = one;
  }
  const left: unknown = found.get('leftMs');
  return { ...(out as Record<Field, string>), leftMs: typeof left === 'number' ? left : undefined };
}

const ROLES: readonly Role[] = ['counsellor', 'coordinator'];
function rolesIn(value: unknown): Role[] {
  const { roles } = Object(value) as { roles?: unknown };
  return Array.isArray(roles) ? ROLES.filter((role) => roles.includes(role)) : [];
}

function ownIn(value: unknown): OwnSession[] | null {
  const { sessions: said } = Object(value) as { sessions?: unknown };
  if (!Array.isArray(said)) return null;
  return said.flatMap((one: unknown) => {
    const found = texts(one, ['id', 'made']);
    const { here } = Object(one) as { here?: unknown };
    return found && Number.isFinite(Date.parse(found.made))
      ? { id: found.id, made: found.made, here: here === true }
      : [];
  });
}

export function createDemoApi(fetchFrom: typeof fetch): DemoApi {
  const post = (path: string, body: unknown) =>
    fetchFrom(path, { method: 'POST', headers, credentials: 'same-origin', body: JSON.stringify(body) });
  const ownOf = async (answer: Response | null) => (answer?.ok ? ownIn(await answer.json().catch(() => null)) : null);
  return {
    own: {
      async list() {
        const asked = fetchFrom('/api/sessions', { headers: { 'x-clb': '1' }, credentials: 'same-origin' });
        return ownOf(await asked.catch(() => null));
      },
      async end(which) {
        const answer = await post('/api/sessions/end', which === 'others' ? { others: true } : which).catch(() => null);
        if (answer?.status === SIGNED_OUT) return 'over';
        if (answer?.status !== FORBIDDEN) return ownOf(answer);
        const { code } = Object(await answer.json().catch(() => null)) as { code?: unknown };
        return code === 'step_up' ? 'step_up' : null;
      },
    },
    async signIn(input) {
      const answer = await post('/api/demo/sign-in', input);
      if (!answer.ok) return null;
      const body: unknown = await answer.json();
      const said = texts(body, ['account', 'name', 'site', 'chain', 'binding']);
      return said && { ...said, roles: rolesIn(body) };
    },
    async session() {
      const answer = await fetchFrom('/api/demo/session', { headers: { 'x-clb': '1' }, credentials: 'same-origin' });
      if (!answer.ok) return null;
      const body: unknown = await answer.json();
      const said = texts(body, ['binding', 'account']);
      return said && { ...said, roles: rolesIn(body) };
    },
    async renew() {
      const answer = await post('/api/session/renew', {});
      return answer.ok ? texts(await answer.json(), ['binding']) : null;
    },
  };
}
