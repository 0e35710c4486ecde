import type { Bounds, Saved, SettingProblem, Settings, SettingsApi, Standing } from '../model/hours/settings.ts';

const PATH = '/api/centre/settings';
const STALE = 409;
const REFUSED = 422;
const SIGNED_OUT = 401;
const FORBIDDEN = 403;

const asked: RequestInit = {
  headers: { 'content-type': 'application/json', 'x-clb': '1' },
  credentials: 'same-origin',
};

interface Api extends Pick<SettingsApi, 'read'> {
  /** `step_up`: nothing was done until she shows again that it is she */
  write(seen: number, settings: Settings): Promise<Saved | 'step_up'>;
}

/** The service is ours and signed in to: its answers are taken for what they say they are, or for none. */
export function createSettingsApi(fetchFrom: typeof fetch): Api {
  const standingIn = (value: unknown): Standing | null => {
    const { rev, settings } = Object(value) as Partial<Standing>;
    return typeof rev === 'number' && typeof settings?.schedule?.week === 'object' ? { rev, settings } : null;
  };
  const bodyOf = (answer: Response): Promise<unknown> => answer.json().catch(() => null);
  return {
    async read() {
      const answer = await fetchFrom(PATH, { ...asked, method: 'GET' }).catch(() => null);
      if (!answer?.ok) return null;
      const body = await bodyOf(answer);
      const standing = standingIn(body);
      const { bounds, orders, nowMs } = Object(body) as Partial<Bounds> & { nowMs?: unknown };
      if (!standing || !bounds || !Array.isArray(orders) || typeof nowMs !== 'number') return null;
      return { ...standing, bounds, orders, nowMs };
    },
    async write(seen, settings) {
      const body = JSON.stringify({ rev: seen, settings });
      const answer = await fetchFrom(PATH, { ...asked, method: 'PUT', body }).catch(() => null);
      if (!answer) return { is: 'unreachable' };
      const said = await bodyOf(answer);
      if (answer.status === FORBIDDEN && (Object(said) as { code?: unknown }).code === 'step_up') return 'step_up';
      if (answer.status === SIGNED_OUT || answer.status === FORBIDDEN) return { is: 'not_yours' };
      if (answer.ok) {
        const standing = standingIn(said);
        return standing ? { is: 'written', ...standing } : { is: 'unreachable' };
      }
      const { now, by, problems } = Object(said) as { now?: unknown; by?: unknown; problems?: unknown };
      const standing = answer.status === STALE ? standingIn(now) : null;
      if (standing) return { is: 'stale', now: standing, by: typeof by === 'string' ? by : null };
      if (answer.status === REFUSED && Array.isArray(problems))
        return { is: 'refused', problems: problems as SettingProblem[] };
      return { is: 'unreachable' };
    },
  };
}
