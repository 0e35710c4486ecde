import type { DeskTalk } from '@clbchat/shared/client/views';
import type { Role } from '@clbchat/shared/ids';
import { nl } from '../words/nl.ts';

export const nameOf = (nick: string, role: Role): string => (nick === '' ? nl.nameless(role) : nick);

/** The nickname, or what stands for it. Reads a signal. */
export const nickOf = (talk: DeskTalk): string => nameOf(talk.nick.value, talk.role);

/** For a sentence about somebody whose name may be wiped already. */
export const personOf = (talk: DeskTalk): string => talk.nick.value || nl.somebody(talk.role);

/** "Blauwe Vos" → "BV". At most two signs, whole characters. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== ''); // at most nickUnitsMax
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
