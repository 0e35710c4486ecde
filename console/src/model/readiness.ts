import { signal, type ReadonlySignal } from '@preact/signals';
import type { AllDevices } from './devices.ts';
import type { Standing } from './hours/settings.ts';
import type { Place } from './places.ts';
import type { Sites } from './sites/site.ts';
import type { TeamList } from './team/team.ts';

/** What a centre needs before it is open and stays so, in the order in which a coordinator is led. */
type Step = 'keys' | 'hours' | 'school' | 'second';

/** What the service says. */
export interface Known {
  readonly devices: Pick<AllDevices, 'nowMs' | 'account' | 'issuers'>;
  readonly settings: Standing;
  readonly sites: Sites;
  readonly team: Pick<TeamList, 'people'>;
}

export interface Readiness {
  /** all four, in their order; `to` is where each is done */
  readonly steps: readonly { readonly step: Step; readonly done: boolean; readonly to: Place }[];
  /** why fewer than two can sign, and so what to do: null where two can */
  readonly warning: 'nobody' | 'invite' | 'colleague' | 'yourself' | null;
}

/** Accounts of coordinators who can sign, each once: on record, not revoked, not ended, and still a coordinator's. */
export function signersOf({ nowMs, issuers }: Pick<AllDevices, 'nowMs' | 'issuers'>): ReadonlySet<string> {
  const standing = issuers.filter(({ revoked, active, endMs }) => !revoked && active && endMs > nowMs);
  return new Set(standing.map(({ account }) => account));
}

/** How far the centre is [U43 U44]. */
export function readinessOf({ devices, settings, sites, team }: Known): Readiness {
  const signers = signersOf(devices);
  const coordinators = team.people.filter(({ roles, disabled }) => !disabled && roles.includes('coordinator'));
  const hasSecond = coordinators.length > 1;
  return {
    steps: [
      { step: 'keys', done: signers.size > 0, to: 'devices' },
      { step: 'hours', done: isEverOpen(settings), to: 'hours' },
      { step: 'school', done: Object.values(sites).some(({ origins }) => origins.length > 0), to: 'sites' },
      { step: 'second', done: signers.size > 1, to: hasSecond ? 'devices' : 'team' },
    ],
    warning: warningOf(signers, devices.account, hasSecond),
  };
}

function warningOf(signers: ReadonlySet<string>, me: string, hasSecond: boolean): Readiness['warning'] {
  if (signers.size > 1) return null;
  if (signers.size === 0) return 'nobody';
  if (!signers.has(me)) return 'yourself';
  return hasSecond ? 'colleague' : 'invite';
}

/** Somebody saved hours, and they are more than none. */
function isEverOpen({ rev, settings: { schedule } }: Standing): boolean {
  const week = Object.values(schedule.week).some((openings) => openings.length > 0);
  return rev > 0 && (week || schedule.exceptions.some(({ open }) => open.length > 0));
}

/** Each answers null where there is no answer. */
export interface ReadinessPorts {
  devices(): Promise<Known['devices'] | null>;
  settings(): Promise<Standing | null>;
  sites(): Promise<{ readonly sites: Sites } | null>;
  team(): Promise<Known['team'] | null>;
}

export interface ReadinessModel {
  /** null while nobody knows: then nothing is said [U45] */
  readonly shown: ReadonlySignal<Readiness | null>;
  /** Asks once. @param changed whether something may be another one than what was seen */
  look(changed?: boolean): Promise<void>;
}

/** How far the centre is, as the service says it. Where all is well one question is enough. */
export function createReadiness(ports: ReadinessPorts): ReadinessModel {
  const shown = signal<Readiness | null>(null);
  /** settings and sites with which everything was well: they are not asked for again before something changes here */
  let well: Pick<Known, 'settings' | 'sites'> | null = null;
  let latest = 0;

  async function ask(isLatest: () => boolean): Promise<Readiness | null> {
    const [devices, settings, sites] = await Promise.all([
      ports.devices(),
      well?.settings ?? ports.settings(),
      well ?? ports.sites(),
    ]);
    if (!devices || !settings || !sites) return null;
    const team = signersOf(devices).size > 1 ? { people: [] } : await ports.team();
    if (!team) return null;
    const found = readinessOf({ devices, settings, sites: sites.sites, team });
    const opened = found.steps.filter(({ step }) => step === 'hours' || step === 'school');
    if (isLatest()) well = opened.every(({ done }) => done) ? { settings, sites: sites.sites } : null;
    return found;
  }

  return {
    shown,
    async look(changed = false) {
      const mine = (latest += 1);
      if (changed) well = null;
      const isLatest = () => mine === latest; // an answer of before a change says nothing of after it
      const found = await ask(isLatest).catch(() => null);
      if (isLatest()) shown.value = found;
    },
  };
}
