import { signal, type Signal } from '@preact/signals';
import type { Connection, Item, JoinInput, Talk, VisitView, Visitor } from '@clbchat/shared/client/views';
import type { Role } from '@clbchat/shared/ids';
import type { ProblemCode } from '@clbchat/shared/problem';

type Open<Shape> = {
  [Name in keyof Shape]: Shape[Name] extends { readonly value: infer Value } ? Signal<Value> : Shape[Name];
};

interface FakeTalk extends Open<Omit<Talk, 'send' | 'typed' | 'markRead' | 'clearReturned' | 'emptied'>> {
  readonly sent: string[];
  typed: number;
  read: number;
  refuses: 'empty' | 'too_long' | 'surrogate' | null;
}

/** An engine that does what it is told, and notes what it was asked. */
export interface Fake {
  readonly visitor: Visitor;
  readonly view: Signal<VisitView>;
  readonly connection: Signal<Connection>;
  readonly talk: FakeTalk;
  readonly idleLeftMs: Signal<number | null>;
  readonly asked: string[];
  readonly joins: JoinInput[];
  refusal: ProblemCode | null;
}

export const lien = { name: 'Lien', site: 'CLB Antwerpen' };
export const samir = { name: 'Samir', site: 'CLB Antwerpen' };

export const waiting = (more: Partial<Extract<VisitView, { is: 'waiting' }>> = {}): VisitView => ({
  is: 'waiting',
  ahead: 2,
  range: { fromMin: 5, toMin: 10 },
  waitedMs: 125_000,
  staffed: true,
  front: null,
  unanswered: false,
  ringing: false,
  ...more,
});

let keys = 0;
export const text = (from: 'me' | 'them', words: string, more: Partial<Extract<Item, { is: 'text' }>> = {}): Item => ({
  is: 'text',
  key: `k${(keys += 1)}`,
  from,
  atMs: new Date(2026, 10, 23, 18, 42).getTime(),
  text: words,
  state: 'sent',
  ...more,
});

export function fakeVisitor(first: VisitView = { is: 'none' }, kept: Visitor['kept'] = 'session'): Fake {
  const asked: string[] = [];
  const joins: JoinInput[] = [];
  const view = signal<VisitView>(first);
  const connection = signal<Connection>({ is: 'online' });
  const idleLeftMs = signal<number | null>(null);
  const role = signal<Role>('pupil');
  const nick = signal('Blauwe Vos');
  const question = signal('');
  const talk: FakeTalk = {
    items: signal<readonly Item[]>([]),
    peerTyping: signal(false),
    peerSilent: signal(false),
    returned: signal(''),
    unread: signal(0),
    secure: signal(true),
    sent: [],
    typed: 0,
    read: 0,
    refuses: null,
  };
  const note = (what: string) => asked.push(what);

  const visitor: Visitor = {
    view,
    connection,
    kept,
    idleLeftMs,
    role,
    nick,
    first: question,
    talk: {
      ...talk,
      send(words) {
        if (talk.refuses) return { ok: false, why: talk.refuses };
        talk.sent.push(words);
        talk.items.value = [...talk.items.value, text('me', words)];
        return { ok: true };
      },
      typed: () => (talk.typed += 1),
      markRead: () => (talk.read += 1),
      clearReturned: () => (talk.returned.value = ''),
      emptied: () => undefined,
    },
    writeFirst: (words) => (question.value = words),
    join(input) {
      joins.push(input);
      role.value = input.role;
      if (fake.refusal) return Promise.resolve({ ok: false, code: fake.refusal });
      view.value = waiting();
      return Promise.resolve({ ok: true, value: null });
    },
    resume: () => Promise.resolve(false),
    resumeHere: () => (note('resumeHere'), Promise.resolve()),
    touched: () => note('touched'),
    here: () => (note('here'), Promise.resolve({ ok: true, value: null })),
    choose: (choice) => (note(`choose:${choice}`), Promise.resolve()),
    end: () => (note('end'), Promise.resolve()),
    quickExit: () => note('quickExit'),
    tryNow: () => note('tryNow'),
    reset: () => (note('reset'), (view.value = { is: 'none' })),
  };
  const fake: Fake = { visitor, view, connection, talk, idleLeftMs, asked, joins, refusal: null };
  return fake;
}
