import type { CentreFacts } from '@clbchat/shared/protocol/status';
import type { KnownCentre } from './frame/facts.ts';
import { pinsOfFragment, pinsOfSite, trustedPins } from './steps/pins.ts';

const quietly: RequestInit = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' };

declare global {
  /** asked for by the page, before this program was here */
  var siteFile: Promise<Response>;
}

interface Site {
  /** id of the centre behind this site */
  readonly centre: string;
  /** origin of the service: this page's own, unless the file names another */
  readonly relay: string;
  readonly pins: readonly string[];
}

/** `/w/<site>/`, as it stands in the address. */
export const siteOf = (path: string): string => /\/w\/([\w-]+)\//.exec(path)?.[1] ?? ''; // ours: the address of the page

const textOf = (file: unknown, name: 'centre' | 'relay', otherwise: string): string => {
  const found: unknown = Object(file)[name];
  return typeof found === 'string' ? found : otherwise;
};

/** The published file of this site, beside the page; null when there is none or it cannot be read. */
async function readSiteFile(): Promise<unknown> {
  try {
    return await (await siteFile).json(); // what an error says has none of its fields
  } catch {
    return null;
  }
}

/** Whom this page may trust, from the address and from the site's file. */
export async function findSite({ pathname, hash, origin }: Location): Promise<Site> {
  const file = await readSiteFile();
  return {
    centre: textOf(file, 'centre', siteOf(pathname)),
    relay: textOf(file, 'relay', origin),
    pins: trustedPins(pinsOfFragment(hash), pinsOfSite(file)),
  };
}

/** @throws when the service does not answer, or answers something else */
export async function askFacts({ relay, centre }: Pick<Site, 'relay' | 'centre'>): Promise<KnownCentre> {
  const answer = await fetch(`${relay}/api/centre/${encodeURIComponent(centre)}`, quietly);
  if (!answer.ok) throw new Error();
  const clockOffMs = Date.now() - Date.parse(answer.headers.get('date') ?? '');
  return { ...((await answer.json()) as CentreFacts), clockOffMs };
}

/** What a browser can go to as a page of the web, and nothing else that it would run, throw at, or show the chat again for [W127]. */
export const pageIn = (named: unknown): string | undefined => /^https?:..\w.*/.exec(named as string)?.[0]; // ours: what the service says of its centre
