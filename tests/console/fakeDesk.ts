import type { DeskHours } from '@clbchat/shared/protocol/counsellor';
import { computed, signal, type Signal } from '@preact/signals';
import { EVERYBODY, type Serves } from '@clbchat/shared/serves';
import type { Connection, Desk, DeskTalk, DeskView, Item } from '@clbchat/shared/client/views';
import type { DeskStatus, Language, Role, Topic, VisitId } from '@clbchat/shared/ids';
import type { ProblemCode } from '@clbchat/shared/problem';
import type { Ack } from '@clbchat/shared/protocol/wire';

/** An engine without keys or sockets: a test sets what it shows and reads what the screens asked. */
type Writable<Model> = {
  -readonly [Name in keyof Model]: Model[Name] extends { readonly value: infer Value; peek(): unknown }
    ? Signal<Value>
    : Model[Name];
};

export interface FakeTalk extends DeskTalk {
  items: Signal<readonly Item[]>;
  unread: Signal<number>;
  typing: Signal<boolean>;
  silent: Signal<boolean>;
  secure: Signal<boolean>;
  returned: Signal<string>;
  nick: Signal<string>;
  stage: Signal<DeskTalk['stage']['value']>;
  idleLeftMs: Signal<number | null>;
  sent: string[];
}

interface TalkInput {
  nick?: string;
  role?: Role;
  topic?: Topic;
  lang?: Language;
  waitedMs?: number;
  startedMs?: number;
  items?: readonly Item[];
  unread?: number;
  /** so many of the unread an earlier page had already; 0 unless said */
  had?: number;
  /** when the next message is refused */
  refuses?: 'empty' | 'too_long' | 'surrogate';
}

export function fakeTalk(visitId: string, input: TalkInput = {}): FakeTalk {
  const items = signal<readonly Item[]>(input.items ?? []);
  const unread = signal(input.unread ?? 0);
  const [typing, silent, secure, returned] = [signal(false), signal(false), signal(true), signal('')];
  const nick = signal(input.nick ?? '');
  const stage: FakeTalk['stage'] = signal({ is: 'talking' });
  const sent: string[] = [];
  const idleLeftMs = signal<number | null>(null);
  return {
    visitId: visitId as VisitId,
    role: input.role ?? 'pupil',
    topic: input.topic ?? 'wellbeing',
    lang: input.lang ?? 'nl',
    waitedMs: input.waitedMs ?? 0,
    startedMs: input.startedMs ?? 0,
    items,
    unread,
    news: computed(() => Math.max(0, unread.value - (input.had ?? 0))),
    typing,
    silent,
    secure,
    returned,
    nick,
    stage,
    idleLeftMs,
    sent,
    talk: {
      items,
      unread,
      secure,
      returned,
      peerTyping: typing,
      peerSilent: silent,
      send(text) {
        if (input.refuses) return { ok: false, why: input.refuses };
        sent.push(text);
        return { ok: true };
      },
      typed: () => undefined,
      markRead: () => (unread.value = 0),
      clearReturned: () => (returned.value = ''),
      emptied: () => undefined,
    },
    async putBack() {
      stage.value = { is: 'released', why: 'visitor_away' };
      return { ok: true, value: null };
    },
    async end() {
      items.value = [];
      nick.value = '';
      stage.value = { is: 'ended', reason: 'counsellor_ended' };
      return { ok: true, value: null };
    },
  };
}

export type FakeDesk = Writable<Desk> & {
  calls: unknown[][];
  /** the next request is refused with this */
  refuse: ProblemCode | null;
};

export function fakeDesk(): FakeDesk {
  const calls: unknown[][] = [];
  const asked = <Value>(call: unknown[], value: Value): Promise<Ack<Value>> => {
    calls.push(call);
    const code = desk.refuse;
    desk.refuse = null;
    return Promise.resolve(code ? { ok: false, code } : { ok: true, value });
  };
  const desk: FakeDesk = {
    calls,
    refuse: null,
    view: signal<DeskView>({ is: 'here' }),
    connection: signal<Connection>({ is: 'online' }),
    me: signal<{ name: string; site: string; demo: boolean } | null>({
      name: 'Lien',
      site: 'CLB Demonstratie',
      demo: true,
    }),
    status: signal<DeskStatus>('available'),
    slots: signal(1),
    slotsMax: signal(3),
    serves: signal<Serves>(EVERYBODY),
    rings: signal<Desk['rings']['value']>([]),
    queue: signal<Desk['queue']['value']>([]),
    colleagues: signal(0),
    hours: signal<DeskHours | null>(null),
    talks: signal<readonly DeskTalk[]>([]),
    problem: signal<ProblemCode | null>(null),
    async enter(options) {
      calls.push(['enter', options ?? {}]);
    },
    async setStatus(status) {
      const ack = await asked(['setStatus', status], null);
      if (ack.ok) desk.status.value = status;
      return ack;
    },
    async setSlots(slots) {
      const ack = await asked(['setSlots', slots], null);
      if (ack.ok) desk.slots.value = slots;
      return ack;
    },
    async setServes(serves) {
      const ack = await asked(['setServes', serves], null);
      if (ack.ok) desk.serves.value = serves;
      return ack;
    },
    accept: (offerNo) => asked(['accept', offerNo], `accepted ${offerNo}` as VisitId),
    async decline(offerNo) {
      calls.push(['decline', offerNo]);
    },
    take: (ticket) => asked(['take', ticket], `taken ${ticket}` as VisitId),
    dismiss(visitId) {
      calls.push(['dismiss', visitId]);
      desk.talks.value = desk.talks.value.filter((talk) => talk.visitId !== visitId);
    },
    leave: () => asked(['leave'], null),
    async renew(binding) {
      calls.push(['renew', await binding]);
    },
    tryNow: () => void calls.push(['tryNow']),
  };
  return desk;
}
