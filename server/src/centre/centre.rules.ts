import { clashesOf, defaultSchedule, schedule } from '@clbchat/shared/hours/schedule';
import { LANGUAGES } from '@clbchat/shared/ids';
import { shortText, sites } from '@clbchat/shared/protocol/sites';
import * as v from 'valibot';
import { Bug } from '../kernel/failure.ts';
import type { Rules } from '../kernel/needs.ts';
import { bounds, defaultRules, orders } from './bounds.rules.ts';
import { webAddress } from './origin.rules.ts';

/** Stands in addresses and in the key names of the store: `{id}:…` is one slot there. */
export const centreId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be small letters, digits and dashes'), // ours: settings of a centre
);

const bounded = (name: keyof typeof bounds) => {
  const [from, to] = bounds[name];
  const says = `must be a whole number from ${from} to ${to}`;
  return v.optional(v.pipe(v.number(), v.integer(says), v.minValue(from, says), v.maxValue(to, says)));
};

const rules = v.strictObject({
  routing: v.optional(v.picklist(['offered', 'picked'], 'must be offered or picked')),
  wrapUp: v.optional(v.boolean()),
  slotsDefault: bounded('slotsDefault'),
  slotsMax: bounded('slotsMax'),
  offerRingMs: bounded('offerRingMs'),
  offerMissesMax: bounded('offerMissesMax'),
  leaseMs: bounded('leaseMs'),
  releaseMs: bounded('releaseMs'),
  peerToldMs: bounded('peerToldMs'),
  openingMs: bounded('openingMs'),
  waitingKeepMs: bounded('waitingKeepMs'),
  talkingKeepMs: bounded('talkingKeepMs'),
  unloadKeepMs: bounded('unloadKeepMs'),
  idleAskMs: bounded('idleAskMs'),
  silenceMs: bounded('silenceMs'),
  lengthToldMin: bounded('lengthToldMin'),
  lengthMaxMs: bounded('lengthMaxMs'),
  lastEntryMs: bounded('lastEntryMs'),
  fullEstimateMs: bounded('fullEstimateMs'),
  waitingMax: bounded('waitingMax'),
  fallbackAfterMs: bounded('fallbackAfterMs'),
  drainAfterMs: bounded('drainAfterMs'),
  drainStaffGoneMs: bounded('drainStaffGoneMs'),
} satisfies Record<keyof Rules, unknown>);

const settings = v.strictObject({
  id: centreId,
  name: shortText(60),
  /** the office, as certificates name it beside a counsellor */
  site: shortText(60),
  schedule,
  /** only what differs from the defaults */
  rules,
  /** where "Snel weg" goes */
  exitUrl: v.pipe(v.string(), webAddress),
  sites,
  /** shut to who comes, while those who wait are served; it ends by itself [H31] */
  door: v.optional(v.strictObject({ shutMs: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) })),
  languages: v.pipe(
    v.array(v.picklist(LANGUAGES, `must be one of ${LANGUAGES.join(', ')}`)),
    v.minLength(1, 'may not be empty'),
  ),
});

/** One document holds all that a centre chooses; this is how it is written and stored. */
export type CentreDocument = v.InferInput<typeof settings>;

/** The same, checked, with every rule filled in. */
export interface CentreSettings extends Omit<v.InferOutput<typeof settings>, 'rules'> {
  readonly rules: Rules;
}

export interface SettingProblem {
  /** `schedule.week.monday.0.to` */
  readonly path: string;
  readonly code: 'missing' | 'unknown' | 'type' | 'value' | 'order' | 'overlap' | 'empty' | 'no_such_hour';
  /** one sentence for whoever writes the document, to be read after the path */
  readonly says: string;
}

export type ParsedCentre =
  | { readonly ok: true; readonly centre: CentreSettings }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/** Reads a settings document. Never throws; lists everything that is wrong with it, not the first thing only. */
export function parseCentre(json: unknown): ParsedCentre {
  const read = v.safeParse(settings, json);
  if (!read.success) return { ok: false, problems: read.issues.map(problemOf) };

  const centre = { ...read.output, rules: filledIn(read.output.rules) };
  const problems = [...clashesOf(centre.schedule), ...disordersOf(centre.rules)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, centre };
}

function filledIn(chosen: v.InferOutput<typeof rules>): Rules {
  const given = Object.entries(chosen).filter(([, value]) => value !== undefined);
  return { ...defaultRules, ...Object.fromEntries(given) };
}

function problemOf(issue: v.BaseIssue<unknown>): SettingProblem {
  const path = (issue.path ?? []).map((step) => String(step.key)).join('.');
  if (issue.expected === 'never') return { path, code: 'unknown', says: 'is not a setting' };
  if (issue.kind === 'schema' && issue.input === undefined) return { path, code: 'missing', says: 'must be given' };
  if (issue.kind === 'schema' && issue.type !== 'picklist') {
    return { path, code: 'type', says: `must be a ${issue.expected ?? issue.type}` };
  }
  return { path, code: 'value', says: issue.message };
}

function disordersOf(chosen: Rules): SettingProblem[] {
  return orders
    .filter(([low, high]) => chosen[low] > chosen[high])
    .map(([low, high]) => ({
      path: `rules.${low}`,
      code: 'order',
      says: `may not be above ${high}, which is ${chosen[high]}`,
    }));
}

/** What a new centre starts from: the defaults of PRODUCT. No site may frame it yet. */
export const defaultCentre = (): CentreDocument => ({
  id: 'clb',
  name: 'CLB',
  site: 'CLB',
  schedule: defaultSchedule(),
  rules: {},
  exitUrl: 'https://www.meteo.be/nl',
  sites: {},
  languages: ['nl'],
});

/** One that nobody set up: without hours and without sites, so closed. */
export function newCentre(id: string): CentreSettings {
  const schedule = defaultSchedule();
  const week = Object.fromEntries(
    Object.keys(schedule.week).map((day) => [day, []]),
  ) as unknown as typeof schedule.week;
  const parsed = parseCentre({ ...defaultCentre(), id, schedule: { ...schedule, week } });
  if (!parsed.ok) throw new Bug('a new centre breaks the rules');
  return parsed.centre;
}
