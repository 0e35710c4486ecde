import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Answer } from '@clbchat/shared/answers';
import type { DeskTalk } from '@clbchat/shared/client/views';
import { answers as words } from '../words/answers.ts';
import { isHeld } from './ends.ts';
import { filledIn, placeIn } from './filling.ts';
import type { Workspace } from './workspace.ts';

/** Where in the field what is searched for stands: behind a `/`, or behind where the list was opened. */
interface Asked {
  readonly from: number;
  readonly slash: boolean;
  readonly to: number;
}

export interface Found {
  readonly answers: readonly Answer[];
  /** which of them has the bar; 0 where there is none */
  readonly at: number;
  /** why there is none */
  readonly why: string | null;
}

/** The list of canned answers above the field of one conversation. It never sends. */
export interface Answering {
  /** null while it is closed */
  readonly shown: ReadonlySignal<Found | null>;
  /** The field holds this now, with the caret there. */
  follow(text: string, caret: number): void;
  open(text: string, caret: number): void;
  move(by: 1 | -1): void;
  /** Puts one, or the one with the bar, in the place of what was searched. @returns what to select then; null where nothing is done */
  insert(answer?: Answer): { readonly from: number; readonly to: number } | null;
  close(): void;
}

/** A line that begins with a `/` and has no space yet. @returns where it stands; -1 where it is none */
function slashBefore(text: string, caret: number): number {
  const line = text.lastIndexOf('\n', caret - 1) + 1;
  const typed = text.slice(line, caret);
  return caret > 0 && typed.startsWith('/') && typed.trimEnd() === typed && !typed.includes(' ') ? line : -1;
}

/** From so few characters on it is sought elsewhere than where a name begins: one letter is in all of them. */
const ELSEWHERE_CHARS_MIN = 2;

/** Whose name begins so comes first, then whose name has it, then whose text does. */
function fitting(all: readonly Answer[], query: string): Answer[] {
  const sought = query.toLowerCase();
  const isEnough = sought.length >= ELSEWHERE_CHARS_MIN;
  const ranks = [
    ({ name }: Answer) => name.startsWith(sought),
    ({ name }: Answer) => isEnough && name.includes(sought),
    ({ text }: Answer) => isEnough && text.toLowerCase().includes(sought),
  ];
  const rankOf = (answer: Answer) => ranks.findIndex((fits) => fits(answer));
  return ranks.flatMap((_, rank) => all.filter((answer) => rankOf(answer) === rank));
}

interface Around {
  readonly workspace: Pick<Workspace, 'desk' | 'drafts' | 'announcer'>;
  readonly talk: DeskTalk;
  /** null while nobody heard of them */
  readonly all: ReadonlySignal<readonly Answer[] | null>;
  write(text: string): void;
}

export function createAnswering({ workspace, talk, all, write }: Around): Answering {
  const { desk, drafts, announcer } = workspace;
  const asked = signal<Asked | null>(null);
  const at = signal(0);
  /** the `/` at which she closed the list: what she goes on typing there opens it no more */
  let left = -1;
  let told: number | null = null;
  const hers = computed(() => all.value?.filter((one) => one.for === 'all' || one.for === talk.role) ?? null);
  const shown = computed((): Found | null => {
    if (!asked.value) return null;
    const { from, to, slash } = asked.value;
    const fit = fitting(hers.value ?? [], drafts.of(talk.visitId).slice(from + (slash ? 1 : 0), to));
    const none = hers.value === null ? words.notYet : hers.value.length === 0 ? words.none : words.noMatch;
    return { answers: fit, at: Math.min(at.value, Math.max(0, fit.length - 1)), why: fit.length > 0 ? null : none };
  });
  const tell = () => {
    const count = shown.peek()?.answers.length ?? null;
    if (count !== null && count !== told) announcer.say(words.found(count));
    told = count;
  };
  const ask = (next: Asked | null) => {
    at.value = 0;
    asked.value = next;
    tell();
  };
  const nickNow = () => (talk.talk.secure.peek() || talk.nick.peek() !== '' ? talk.nick.peek() : null);
  return {
    shown,
    follow(text, caret) {
      const slash = slashBefore(text, caret);
      if (slash !== left) left = -1;
      const now = asked.peek();
      if (slash >= 0 && slash !== left) return ask({ from: slash, to: caret, slash: true });
      if (!now) return;
      const goesOn = !now.slash && caret >= now.from && !/\s/u.test(text.slice(now.from, caret)); // at most textUnitsMax
      ask(goesOn ? { ...now, to: caret } : null);
    },
    open(text, caret) {
      left = -1;
      const slash = slashBefore(text, caret);
      ask(slash >= 0 ? { from: slash, to: caret, slash: true } : { from: caret, to: caret, slash: false });
    },
    move(by) {
      const found = shown.peek();
      if (!found || found.answers.length === 0) return;
      at.value = (found.at + by + found.answers.length) % found.answers.length;
    },
    insert(answer) {
      const [now, found] = [asked.peek(), shown.peek()];
      const one = answer ?? found?.answers[found.at];
      if (!now || !one || !isHeld(talk)) return null;
      const text = drafts.of(talk.visitId);
      const filled = filledIn(one.text, { nick: nickNow(), name: desk.me.peek()?.name ?? null });
      ask(null);
      write(text.slice(0, now.from) + filled + text.slice(now.to));
      const place = placeIn(filled);
      const end = now.from + filled.length;
      return place ? { from: now.from + place.from, to: now.from + place.to } : { from: end, to: end };
    },
    close() {
      const now = asked.peek();
      if (now?.slash) left = now.from;
      if (now) ask(null);
    },
  };
}
