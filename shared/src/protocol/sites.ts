import * as v from 'valibot';
import { origin } from './origin.ts';
import { SITE_ID, SITE_ID_CHARS_MAX } from './siteId.ts';

export const SITES_MAX = 100;
/** of one site */
export const ORIGINS_MAX = 40;
/** UTF-16 units of all sites together, as JSON: they share a document of the records with the hours [U26]. */
export const SITES_CHARS_MAX = 40_000;
export const SITE_NAME_CHARS_MAX = 60;

export const siteId = v.pipe(
  v.string(),
  v.maxLength(SITE_ID_CHARS_MAX, 'must be letters, digits, _ and -'),
  v.regex(SITE_ID, 'must be letters, digits, _ and -'),
);

const origins = v.pipe(v.array(origin), v.maxLength(ORIGINS_MAX, `may hold ${ORIGINS_MAX} origins at most`));

/** What is called by a name. Whether people can read it is asked where it is new: what stands stays [G93]. */
export const shortText = (charsMax: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1, 'may not be empty'),
    v.maxLength(charsMax, `may be ${charsMax} long at most`),
  );

/** Too many is seen before any of them is looked at. */
const few = v.pipe(
  v.looseObject({}),
  v.check((all) => Object.keys(all).length <= SITES_MAX, `may hold ${SITES_MAX} sites at most`),
  v.check(
    (all) => JSON.stringify(all).length <= SITES_CHARS_MAX,
    `may be ${SITES_CHARS_MAX} characters at most, all sites together`,
  ),
);
const sitesOf = <One extends v.GenericSchema<unknown, unknown>>(one: One) => v.pipe(few, v.record(siteId, one));

/** By id of a site: the origins of pages that may frame the chat, and how the centre calls it. */
export const sites = sitesOf(
  v.strictObject({
    origins,
    name: v.optional(shortText(SITE_NAME_CHARS_MAX)),
  }),
);

/** The same as far as a coordinator signs it: a name is nobody's business but the centre's. */
export const namelessSites = sitesOf(v.strictObject({ origins }));
