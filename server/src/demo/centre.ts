import type { AccountsStore } from '../accounts/accounts.store.ts';
import { alwaysOpen, defaultSchedule } from '@clbchat/shared/hours/schedule';
import { defaultCentre, parseCentre, type CentreDocument, type CentreSettings } from '../centre/centre.rules.ts';
import type { CentreStore, StandingCentre } from '../centre/centre.store.ts';
import { Bug } from '../kernel/failure.ts';
import { DEMO, HOURS_SAVED, NOTHING_YET, readEntry } from '../records/audit.rules.ts';
import type { RecordsStore } from '../records/records.store.ts';
import { PEOPLE } from './people.rules.ts';

/**
 * The demonstration's own settings and people, written where they are not there yet, or were others. What somebody saved on
 * the coordinator's pages stays, but for the demonstration's own school, which lies where it lies now.
 *
 * @returns what stands then
 */
export async function openDemo(
  records: Pick<RecordsStore, 'audit'>,
  store: CentreStore,
  accounts: AccountsStore,
  wish: Demo,
): Promise<StandingCentre> {
  for (const { account, name, roles } of Object.values(PEOPLE))
    await accounts.make(account, { name, roles: [...roles], disabled: false }, DEMO);

  const own = demoCentre(wish);
  for (;;) {
    const standing = await store.get();
    const wanted =
      standing && (await isSomebodys(records, standing.centre))
        ? { ...standing.centre, sites: { ...standing.centre.sites, ...own.sites } }
        : own;
    if (standing && isSame(standing.centre, wanted)) return standing;
    const put = await store.put(wanted, standing?.rev ?? 0, DEMO);
    if (put.is === 'written') return put;
    if (put.is === 'refused') throw new Bug('the demonstration has settings that break the rules');
  }
}

/**
 * Whether a person ever changed the settings, over which the demonstration writes where its school lies alone: one of the three names,
 * or whoever made an account at a one-time address. Once the log has forgotten its first year, what is not as the demonstration
 * itself writes it is a person's.
 */
async function isSomebodys(records: Pick<RecordsStore, 'audit'>, standing: CentreSettings): Promise<boolean> {
  const { anchor, entries } = await records.audit();
  const isSaved = entries
    .map(readEntry)
    .some((entry) => entry && entry.by !== DEMO && (entry.act === 'sites_changed' || HOURS_SAVED.includes(entry.act)));
  if (isSaved) return true;
  const schoolOrigins = standing.sites['demo']?.origins ?? [];
  const own = (['always', 'real'] as const).map((open) => demoCentre({ open, schoolOrigins }));
  return anchor !== NOTHING_YET && !own.some((one) => isSame(standing, one));
}

function isSame(standing: CentreSettings, wanted: unknown): boolean {
  const parsed = parseCentre(wanted);
  return parsed.ok && JSON.stringify(parsed.centre) === JSON.stringify(standing);
}

interface Demo {
  /** day and night, or the default hours */
  readonly open: 'always' | 'real';
  /** origins of the pages that frame the chat */
  readonly schoolOrigins: readonly string[];
}

export const demoCentre = ({ open, schoolOrigins }: Demo): CentreDocument => ({
  ...defaultCentre(),
  id: 'demo',
  name: 'CLB De Demo',
  site: 'Demostad',
  schedule: open === 'always' ? alwaysOpen() : defaultSchedule(),
  sites: { demo: { origins: [...schoolOrigins] } },
});
