import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { latest, type Counts } from '../latest.ts';
import type { Role } from '../session.ts';

/** Somebody who works here, as a coordinator sees her. */
export interface Person {
  readonly id: string;
  /** names what was seen of her: whoever changes her says it */
  readonly rev: number;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly disabled: boolean;
  /** never a time */
  readonly lastIn: 'today' | 'week' | 'longer';
}
/** An account that waits for somebody to make it. */
export interface Invitation {
  readonly id: string;
  /** for whom; '' = nobody said */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly by: string;
  readonly endMs: number;
}
/** What another coordinator, or the server's shell, did to accounts, ways in and devices. */
export interface NewsItem {
  readonly id: string;
  readonly by: string;
  readonly act: string;
  readonly about: string;
  readonly atMs: number;
}
export interface TeamList {
  /** id of who looks */
  readonly me: string;
  readonly people: readonly Person[];
  readonly invitations: readonly Invitation[];
  /** the newest first */
  readonly news: readonly NewsItem[];
  /** how many acts it was told of: of too many not each. Left out by a service of before */
  readonly newsCount?: number;
  /** of those who are there still, by id */
  readonly names: Readonly<Record<string, string>>;
}

/** Why something did not come about. `given_up`: she was asked to show who she is, and did not. */
export type Why =
  | 'stale'
  | 'own'
  | 'gone'
  | 'full'
  | 'not_yours'
  /** of the name that was typed: nobody can read it, or it is too long */
  | 'name_unread'
  | 'name_long'
  | 'signed_out'
  | 'too_fast'
  | 'unreachable'
  | 'given_up';
/** `team` is what stands then, where the service says it. */
export type Changed<More = object> =
  | ({ readonly ok: true; readonly team: TeamList } & More)
  | { readonly ok: false; readonly why: Why; readonly team: TeamList | null };
/** What an account saw when it said so: the newest, since which it asks, and all that stood there. No time that somebody names hides anything. */
export interface Seen {
  readonly newest: string;
  readonly ids: readonly string[];
}

/** Shown once, and kept nowhere. */
export interface MadeLink {
  readonly link: string;
  readonly endMs: number;
}
export type StepUp = 'step_up';

/** What the dot on the rail needs, and the page as well. */
export interface NewsPorts {
  /** @param since an act: what was done up to it is left out of the news. Null when there was no answer */
  read(since?: string): Promise<TeamList | null>;
  /** Of this account, in this browser. Rejects where nothing can be kept. */
  seen(account: string): Promise<Seen | null>;
  remember(account: string, seen: Seen): Promise<void>;
}
export interface TeamPorts {
  invite(roles: readonly Role[], name: string): Promise<Changed<MadeLink> | StepUp>;
  withdraw(id: string): Promise<Changed | StepUp>;
  setRoles(who: Pick<Person, 'id' | 'rev'>, roles: readonly Role[]): Promise<Changed | StepUp>;
  setDisabled(who: Pick<Person, 'id' | 'rev'>, disabled: boolean): Promise<Changed | StepUp>;
  /** Lets her show once more who she is where the service wants it, and asks again. */
  with<Answer>(ask: () => Promise<Answer | StepUp>): Promise<Answer | 'given_up'>;
}

type TeamState =
  | { readonly is: 'loading' }
  | { readonly is: 'failed' }
  | { readonly is: 'ready'; readonly list: TeamList };
/** Null when it came about, else why not. */
type Said = Promise<Why | null>;

/** What is known of the team, and what of it is new to her. */
export interface TeamNews {
  readonly state: ReadonlySignal<TeamState>;
  /** what others did and she did not say that she saw, the newest first [T12] */
  readonly unseen: ReadonlySignal<readonly NewsItem[]>;
  /** what else they did, which stands in the log alone: she is told how many */
  readonly untold: ReadonlySignal<number>;
  open(): Promise<void>;
  /** The same without a word when there is no answer. */
  look(): Promise<void>;
  /** Numbers what is asked now. @returns what shows its answer, and says whether it did: not where a later one was heard [U80] */
  asks(): (list: TeamList) => Promise<boolean>;
  sawAll(): Promise<void>;
}

export interface Team {
  readonly news: TeamNews;
  invite(roles: readonly Role[], name: string): Promise<MadeLink | Why>;
  withdraw(id: string): Said;
  setRoles(who: Person, roles: readonly Role[]): Said;
  setDisabled(who: Person, disabled: boolean): Said;
}

export function createTeamNews(ports: NewsPorts): TeamNews {
  const state = signal<TeamState>({ is: 'loading' });
  const seen = signal<Seen | null>(null);
  const unseen = computed(() => {
    const all = state.value.is === 'ready' ? state.value.list.news : [];
    const known = new Set(seen.value?.ids);
    return all.filter(({ id }) => !known.has(id));
  });
  const untold = computed(() => {
    const { news = [], newsCount = 0 } = state.value.is === 'ready' ? state.value.list : {};
    return Math.max(0, newsCount - news.length);
  });
  const order = latest();
  const listNow = () => {
    const at = state.peek();
    return at.is === 'ready' ? at.list : null;
  };
  const sawAt = (account: string) => ports.seen(account).catch(() => (listNow()?.me === account ? seen.peek() : null));

  /** Whose news it is, says the first answer. */
  async function read(): Promise<TeamList | null> {
    const me = listNow()?.me;
    const list = await ports.read(me === undefined ? undefined : (await sawAt(me))?.newest);
    const saw = list && list.me !== me ? await sawAt(list.me) : null;
    return saw ? ports.read(saw.newest) : list;
  }
  async function show(list: TeamList, counts: Counts): Promise<boolean> {
    const saw = await sawAt(list.me);
    if (!counts()) return false;
    seen.value = saw;
    state.value = { is: 'ready', list };
    return true;
  }
  function asks() {
    const counts = order.ask();
    // what a change answers was not asked since anything: what is new says a look
    return (list: TeamList) => {
      const now = listNow();
      if (!now) return show(list, counts);
      const { news, newsCount = news.length } = now;
      return show({ ...list, news, newsCount, names: { ...now.names, ...list.names } }, counts);
    };
  }
  return {
    state,
    unseen,
    untold,
    asks,
    async open() {
      if (state.peek().is !== 'ready') state.value = { is: 'loading' };
      const counts = order.ask();
      const list = await read();
      if (list) await show(list, counts);
      else if (counts(false)) state.value = { is: 'failed' };
    },
    async look() {
      const counts = order.ask();
      const list = await read();
      if (list) await show(list, counts);
    },
    async sawAll() {
      const list = listNow();
      const newest = list?.news[0]?.id;
      if (!list || newest === undefined) return;
      const saw = { newest, ids: list.news.map(({ id }) => id) };
      seen.value = saw;
      await ports.remember(list.me, saw).catch(() => undefined);
    },
  };
}

export function createTeam(news: TeamNews, ports: TeamPorts): Team {
  let [begun, underWay] = [0, 0];
  async function change<More>(ask: () => Promise<Changed<More> | StepUp>): Promise<Changed<More>> {
    const isFirst = underWay === 0;
    const mine = (begun += 1);
    underWay += 1;
    let show = news.asks();
    const answer = await ports
      .with(() => {
        show = news.asks(); // once more, after she showed that it is she
        return ask();
      })
      .finally(() => (underWay -= 1));
    if (answer === 'given_up') return { ok: false, why: 'given_up', team: null };
    const isAlone = isFirst && begun === mine;
    // of two presses that were under way together nobody knows which one the service took first: what stands says a look
    if (answer.team && (!(await show(answer.team)) || !isAlone)) await news.look();
    return answer;
  }
  const saying = async (ask: () => Promise<Changed | StepUp>): Said => {
    const answer = await change(ask);
    return answer.ok ? null : answer.why;
  };
  return {
    news,
    async invite(roles, name) {
      const made = await change(() => ports.invite(roles, name));
      return made.ok ? { link: made.link, endMs: made.endMs } : made.why;
    },
    withdraw: (id) => saying(() => ports.withdraw(id)),
    setRoles: (who, roles) => saying(() => ports.setRoles(who, roles)),
    setDisabled: (who, disabled) => saying(() => ports.setDisabled(who, disabled)),
  };
}
