import { SITE_ID } from '@clbchat/shared/protocol/siteId';
import type { SavedSites, SitesPorts, StandingSites } from '../model/sites/page.ts';
import type { Sites } from '../model/sites/site.ts';

const PATH = '/api/centre/sites';
const STALE = 409;
const REFUSED = 422;
const SIGNED_OUT = 401;
const FORBIDDEN = 403;

const asked: RequestInit = {
  headers: { 'content-type': 'application/json', 'x-clb': '1' },
  credentials: 'same-origin',
};

interface SitesApi extends Pick<SitesPorts, 'read'> {
  /** `step_up`: nothing was done until she shows again that it is she */
  write(seen: number, sites: Sites, signed: string | null): Promise<SavedSites | 'step_up'>;
}

/** Ids go into what a webmaster pastes, and addresses are read out: of another shape nothing is taken [U72]. */
const areSites = (value: unknown): value is Sites =>
  Object(value) === value && Object.entries(Object(value)).every(([id, one]) => SITE_ID.test(id) && isSite(one));
function isSite(one: unknown): boolean {
  const { origins, name } = Object(one) as { origins?: unknown; name?: unknown };
  const areOrigins = Array.isArray(origins) && origins.every((each) => typeof each === 'string');
  return areOrigins && (name === undefined || typeof name === 'string');
}

/** The service is ours and signed in to: its answers are taken for what they say they are, or for none. */
export function createSitesApi(fetchFrom: typeof fetch): SitesApi {
  const standingIn = (value: unknown): StandingSites | null => {
    const { rev, sites, signed, pins, chat, account } = Object(value) as Partial<StandingSites>;
    const isWhole = typeof rev === 'number' && typeof chat === 'string' && typeof account === 'string';
    if (!isWhole || !areSites(sites) || !Array.isArray(pins) || (signed !== null && typeof signed !== 'string'))
      return null;
    return { rev, sites, signed, pins: pins as readonly string[], chat, account };
  };
  const bodyOf = (answer: Response): Promise<unknown> => answer.json().catch(() => null);
  return {
    async read() {
      const answer = await fetchFrom(PATH, { ...asked, method: 'GET' }).catch(() => null);
      return answer?.ok ? standingIn(await bodyOf(answer)) : null;
    },
    async write(seen, sites, signed) {
      const body = JSON.stringify({ rev: seen, sites, signed });
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
        return { is: 'refused', paths: problems.map((one) => String((Object(one) as { path?: unknown }).path)) };
      return { is: 'unreachable' };
    },
  };
}
