import { computed, effect, type ReadonlySignal } from '@preact/signals';
import type { Desk, DeskTalk } from '@clbchat/shared/client/views';
import type { Role, VisitId } from '@clbchat/shared/ids';
import { nl } from '../words/nl.ts';

export const nameOf = (nick: string, role: Role, number: number | null = null): string =>
  nick === '' ? nl.nameless(role, number) : nick;

/** Of those without a name: two of them are two people, in the list and above the field. */
const numbers = new WeakMap<DeskTalk, ReadonlySignal<number | null>>();

/** @param numberOf for somebody who turns out to have no name */
function number(talk: DeskTalk, numberOf: (talk: DeskTalk) => number): void {
  if (numbers.has(talk)) return;
  let mine: number | null = null;
  // a name comes with the key or never
  const nameless = () => talk.talk.secure.value && talk.nick.value === '' && talk.stage.value.is === 'talking';
  numbers.set(
    talk,
    computed(() => (mine ??= nameless() ? numberOf(talk) : null)),
  );
}

/** Counts who has no name, each role for itself, in the order in which that was seen. @returns how to stop */
export function numberNameless(desk: Desk): () => void {
  const given: Record<Role, number> = { pupil: 0, parent: 0 };
  // a visit that is handed out again is another talk, and the same person
  const known = new Map<VisitId, number>();
  const numberOf = ({ visitId, role }: DeskTalk) => {
    const mine = known.get(visitId) ?? (given[role] += 1);
    known.set(visitId, mine);
    return mine;
  };
  return effect(() => {
    for (const talk of desk.talks.value) number(talk, numberOf);
  });
}

/** The nickname, or what stands for it. Reads signals. */
export const nickOf = (talk: DeskTalk): string => nameOf(talk.nick.value, talk.role, numbers.get(talk)?.value ?? null);

/** Who is gone, and whose name went with the text: by what is left. */
export const goneOf = (talk: DeskTalk): string => `${nl.roles[talk.role]} · ${nl.topics[talk.topic]}`;

/** For a sentence about somebody whose name may be wiped already. */
export const personOf = (talk: DeskTalk): string => talk.nick.value || nl.somebody(talk.role);

/** "Blauwe Vos" → "BV", "Leerling · Welzijn" → "LW". At most two signs, whole characters. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '' && word !== '·'); // at most nickUnitsMax
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
