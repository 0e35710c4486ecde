import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { blocksOf, weekOf } from '@clbchat/shared/hours/blocks';
import { dateOf, timeOf } from '@clbchat/shared/hours/calendar';
import type { Schedule } from '@clbchat/shared/hours/schedule';
import { wallTimeAt } from '@clbchat/shared/hours/zone';
import { latest } from '../latest.ts';
import { withoutPast, withWeek } from './days.ts';
import { gridOf, type Grid } from './grid.ts';
import type { Bounds, SettingProblem, Settings, SettingsApi, Standing } from './settings.ts';

/** What the page shows; everything but `ready` is a sentence. */
type PageState =
  | { readonly is: 'loading' }
  | { readonly is: 'failed' }
  | { readonly is: 'ready'; readonly bounds: Bounds };

interface Clashing {
  readonly now: Standing;
  readonly by: string | null;
}

/** What needs no answer, and goes by itself [D39]. */
const PASSING = ['saved', 'taken'] as const;
const PASSES_MS = 8_000;
/** What is not so any more once the service answers her. */
const OVERCOME = ['not_yours', 'unreachable'] as const;
type Said =
  | (typeof PASSING)[number]
  | (typeof OVERCOME)[number]
  | 'at_once'
  | 'today_unsure'
  | 'fields'
  | 'given_up'
  | null;

/** What became of what acts at once. `same`: it stood so before; `refused`: with the `problems` of the page; `unreachable`: nobody knows. */
export type AtOnce = 'written' | 'same' | 'saving' | 'refused' | 'not_yours' | 'unreachable';

export interface HoursPage {
  readonly state: ReadonlySignal<PageState>;
  /** as it would be saved. Only where `state` is ready */
  readonly draft: ReadonlySignal<Settings>;
  readonly grid: ReadonlySignal<Grid>;
  /** the hours that hold, as the service last said: what acts at once acts on them */
  readonly holds: ReadonlySignal<Schedule>;
  /** something is not saved yet */
  readonly changed: ReadonlySignal<boolean>;
  readonly saving: ReadonlySignal<boolean>;
  readonly problems: ReadonlySignal<readonly SettingProblem[]>;
  /** somebody else saved meanwhile, and nobody chose yet */
  readonly clash: ReadonlySignal<Clashing | null>;
  readonly said: ReadonlySignal<Said>;
  /** rises when what stands took the place of what was on the page: nothing half typed is left */
  readonly version: ReadonlySignal<number>;
  /** of the centre's own calendar */
  readonly today: ReadonlySignal<string>;
  readonly time: ReadonlySignal<string>;
  /** Asks the service, once; whoever comes back finds what was not saved. */
  open(): Promise<void>;
  setGrid(grid: Grid): void;
  change(next: Partial<Settings>): void;
  save(): Promise<void>;
  /** back to what the service last said */
  undo(): void;
  takeTheirs(): void;
  /** saves over what was shown, and over nothing that came after it */
  keepMine(): Promise<void>;
  /**
   * Changes the hours that stand, at once, and those on the page with them: what is not saved yet is not saved by it [U20].
   * What would change nothing is not sent [U31].
   */
  atOnce(change: (schedule: Schedule) => Schedule): Promise<AtOnce>;
  /** what a field refuses cannot be saved. @param problem null when all is well again */
  note(path: string, problem: boolean): void;
}

/** So often somebody else may save in the same moment. */
const TRIES_MAX = 4;

const none: Settings = {
  schedule: {
    timezone: 'Europe/Brussels',
    week: weekOf([]),
    exceptions: [],
    holidays: 'closed',
  },
  rules: {},
  exitUrl: '',
};
const isSame = (a: Settings, b: Settings) => JSON.stringify(a) === JSON.stringify(b);

/**
 * The opening hours while somebody works on them. It outlives the screen, so that nothing is lost by looking elsewhere.
 *
 * @param nowMs reads a signal that runs, of this computer's clock: what is shown of today follows it
 */
// over 80 lines because what may become of one draft stands together
export function createHoursPage(api: SettingsApi, nowMs: () => number): HoursPage {
  const state = signal<PageState>({ is: 'loading' });
  const standing = signal<Standing>({ rev: 0, settings: none });
  const draft = signal(none);
  const grid = signal<Grid>([]);
  const saving = signal(false);
  const order = latest();
  const problems = signal<readonly SettingProblem[]>([]);
  const refused = signal<ReadonlySet<string>>(new Set());
  const clash = signal<Clashing | null>(null);
  const saying = signal<{ readonly says: Said; readonly atMs: number }>({ says: null, atMs: 0 });
  const said = computed(() => {
    const { says, atMs } = saying.value;
    const passes = PASSING.some((one) => one === says);
    return passes && nowMs() - atMs >= PASSES_MS ? null : says;
  });
  const say = (says: Said) => void (saying.value = { says, atMs: nowMs() });
  const version = signal(0);
  // which day it is says the service: a computer may be a day off [U41]
  const aheadMs = signal(0);
  const wall = () => wallTimeAt(nowMs() + aheadMs.value, draft.value.schedule.timezone);
  const kept = (all: Settings): Settings => ({ ...all, schedule: withoutPast(all.schedule, wall().day) });
  const changed = computed(() => !isSame(draft.value, standing.value.settings) || refused.value.size > 0);

  const holds = computed(() => standing.value.settings.schedule);

  const stand = (next: Standing) => {
    version.value += 1;
    standing.value = next;
    draft.value = next.settings;
    grid.value = gridOf(blocksOf(next.settings.schedule.week));
    refused.value = new Set();
    problems.value = [];
    clash.value = null;
  };
  const write = async (seen: number) => {
    if (saving.peek()) return;
    if (refused.peek().size > 0) {
      say('fields');
      return;
    }
    saving.value = true;
    say(null);
    const sent = draft.peek();
    const asked = kept(sent);
    let answer = await api.write(seen, asked);
    // what somebody else saved meanwhile is not of this page: schools, the door [U40]
    for (let tries = 1; tries < TRIES_MAX; tries += 1) {
      if (answer.is !== 'stale' || !isSame(answer.now.settings, standing.peek().settings)) break;
      answer = await api.write(answer.now.rev, asked);
    }
    saving.value = false;
    order.known();
    problems.value = answer.is === 'refused' ? answer.problems : [];
    if (answer.is === 'written') {
      // what was changed while the answer was on its way is not saved
      const since = isSame(draft.peek(), sent) ? null : { settings: draft.peek(), grid: grid.peek() };
      stand(answer);
      if (since) [draft.value, grid.value] = [since.settings, since.grid];
      say(since ? null : 'saved');
    } else if (answer.is === 'stale') {
      // an answer that was lost on its way: what stands is what was sent
      if (isSame(answer.now.settings, asked)) {
        stand(answer.now);
        say('saved');
      } else clash.value = answer;
    } else if (answer.is !== 'refused') say(answer.is);
  };
  return {
    ...{ state, draft, grid, holds, changed, saving, problems, clash, said, version },
    today: computed(() => dateOf(wall().day)),
    time: computed(() => timeOf(wall().minute)),
    async open() {
      if (state.peek().is === 'failed') state.value = { is: 'loading' };
      const counts = order.ask();
      const found = await api.read();
      if (!found) {
        if (state.peek().is !== 'ready') state.value = { is: 'failed' };
        return;
      }
      aheadMs.value = found.nowMs - nowMs();
      if (!counts()) return;
      // she is heard, and may do this: a refusal of before is over
      if (OVERCOME.some((one) => one === saying.peek().says)) say(null);
      if (state.peek().is === 'ready' && changed.peek()) return;
      stand(found);
      state.value = { is: 'ready', bounds: { bounds: found.bounds, orders: found.orders } };
    },
    setGrid(next) {
      say(null);
      grid.value = next;
      const { schedule } = draft.peek();
      draft.value = { ...draft.peek(), schedule: withWeek(schedule, weekOf(next), dateOf(wall().day)) };
    },
    change(next) {
      say(null);
      draft.value = { ...draft.peek(), ...next };
    },
    save: () => write(standing.peek().rev),
    undo() {
      stand(standing.peek());
      say(null);
    },
    takeTheirs() {
      const seen = clash.peek();
      if (!seen) return;
      stand(seen.now);
      say('taken');
    },
    async keepMine() {
      const seen = clash.peek();
      if (!seen) return;
      clash.value = null;
      standing.value = seen.now;
      await write(seen.now.rev);
    },
    async atOnce(change) {
      if (saving.peek()) return 'saving';
      say(null);
      problems.value = [];
      const applied = ({ schedule, ...rest }: Settings) => kept({ ...rest, schedule: change(schedule) });
      if (JSON.stringify(change(holds.peek())) === JSON.stringify(holds.peek())) return 'same';
      saving.value = true;
      let base = standing.peek();
      let other: string | null | undefined;
      let answer = await api.write(base.rev, applied(base.settings));
      for (let tries = 1; answer.is === 'stale' && tries < TRIES_MAX; tries += 1) {
        // what somebody else saved meanwhile is not of this page: schools, the door [U40]
        if (!isSame(answer.now.settings, base.settings)) other = answer.by;
        base = answer.now;
        answer = await api.write(base.rev, applied(base.settings));
      }
      saving.value = false;
      order.known();
      if (answer.is === 'written') {
        const own =
          isSame(draft.peek(), standing.peek().settings) && refused.peek().size === 0 ? null : applied(draft.peek());
        if (!own) stand(answer);
        else {
          // what somebody else saved meanwhile was not seen, and is not written over by what is saved next
          if (other !== undefined) clash.value = { now: answer, by: other };
          else standing.value = answer;
          draft.value = own;
        }
        say(changed.peek() ? 'at_once' : 'saved');
        return 'written';
      }
      if (answer.is === 'refused') problems.value = answer.problems;
      else say(answer.is === 'not_yours' ? 'not_yours' : 'today_unsure');
      // what acts at once leaves *Snel weg* where it is, so nobody is asked for anything
      return answer.is === 'stale' || answer.is === 'given_up' ? 'unreachable' : answer.is;
    },
    note(path, problem) {
      if (refused.peek().has(path) === problem) return;
      const next = new Set(refused.peek());
      if (problem) next.add(path);
      else next.delete(path);
      refused.value = next;
      if (next.size === 0 && said.peek() === 'fields') say(null);
    },
  };
}
