import type { AccountsStore } from '../accounts/accounts.store.ts';
import { demoCentre, parseCentre, type CentreSettings, type Demo } from '../centre/centre.rules.ts';
import type { CentreStore } from '../centre/centre.store.ts';
import { Bug } from '../kernel/failure.ts';
import { DEMO } from '../records/audit.rules.ts';
import { PEOPLE } from './people.rules.ts';

/** The demonstration's own settings and people, written where they are not there yet, or were others. @returns its settings */
export async function openDemo(store: CentreStore, accounts: AccountsStore, wish: Demo): Promise<CentreSettings> {
  for (const { account, name } of Object.values(PEOPLE))
    await accounts.make(account, { name, roles: ['counsellor'], disabled: false }, DEMO);

  const wanted = demoCentre(wish);
  for (;;) {
    const standing = await store.get();
    if (standing && isSame(standing.centre, wanted)) return standing.centre;
    const put = await store.put(wanted, standing?.rev ?? 0, DEMO);
    if (put.is === 'written') return put.centre;
    if (put.is === 'refused') throw new Bug('the demonstration has settings that break the rules');
  }
}

function isSame(standing: CentreSettings, wanted: unknown): boolean {
  const parsed = parseCentre(wanted);
  return parsed.ok && JSON.stringify(parsed.centre) === JSON.stringify(standing);
}
