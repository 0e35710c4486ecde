import type { AccountId } from '@clbchat/shared/ids';

/** Who may sign in with one click. They exist in the demonstration only. */
export const PEOPLE = {
  lien: { account: 'lien' as AccountId, name: 'Lien', site: 'CLB De Horizon', roles: ['counsellor'] },
  samir: { account: 'samir' as AccountId, name: 'Samir', site: 'CLB De Horizon', roles: ['counsellor'] },
  noor: { account: 'noor' as AccountId, name: 'Noor', site: 'CLB De Horizon', roles: ['coordinator'] },
} as const;
export type Who = keyof typeof PEOPLE;

export const ORG = 'CLBCh@t demo';
