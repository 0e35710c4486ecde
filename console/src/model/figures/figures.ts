import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Told } from '@clbchat/shared/figures/told';
import { weekName } from '@clbchat/shared/figures/weeks';
import { latest } from '../latest.ts';
import { csvOf } from './csv.ts';
import { periodOf, toldWeeks, within, type Choice, type Period } from './period.ts';

export interface FiguresPorts {
  /** Null when there was no answer. */
  read(): Promise<Told | null>;
  save(name: string, text: string): void;
  print(): void;
}

type FiguresState =
  | { readonly is: 'loading' | 'failed' | 'empty' }
  | { readonly is: 'ready'; readonly told: Told; readonly all: Period };

export interface Figures {
  readonly state: ReadonlySignal<FiguresState>;
  readonly choice: ReadonlySignal<Choice>;
  readonly period: ReadonlySignal<Period | null>;
  /** of the period; null where it has a week that cannot be told yet, or is none */
  readonly shown: ReadonlySignal<Told | null>;
  open(): Promise<void>;
  choose(choice: Choice): void;
  /** her own period */
  set(period: Partial<Period>): void;
  save(): void;
  print(): void;
}

export function createFigures(ports: FiguresPorts): Figures {
  const state = signal<FiguresState>({ is: 'loading' });
  const choice = signal<Choice>('block');
  const own = signal<Period | null>(null);
  const order = latest();
  const period = computed(() => {
    if (state.value.is !== 'ready') return null;
    return choice.value === 'own' && own.value ? own.value : periodOf(asFixed(choice.value), state.value.all);
  });
  const shown = computed(() => {
    const [now, weeks] = [state.value, period.value];
    if (now.is !== 'ready' || !weeks || weeks.from > weeks.to || weeks.to > now.all.to) return null;
    return within(now.told, weeks);
  });
  return {
    ...{ state, choice, period, shown },
    async open() {
      if (state.peek().is !== 'ready') state.value = { is: 'loading' };
      const counts = order.ask();
      const told = await ports.read();
      if (!counts(told !== null)) return;
      const all = told && toldWeeks(told);
      state.value = !told ? { is: 'failed' } : all ? { is: 'ready', told, all } : { is: 'empty' };
    },
    choose(next) {
      if (next === 'own') own.value = period.peek();
      choice.value = next;
    },
    set(part) {
      const now = own.peek();
      if (now) own.value = { ...now, ...part };
    },
    save() {
      const [told, weeks] = [shown.peek(), period.peek()];
      if (told && weeks) ports.save(`cijfers-${weekName(weeks.from)}-${weekName(weeks.to)}.csv`, csvOf(told));
    },
    print: () => ports.print(),
  };
}

const asFixed = (choice: Choice) => (choice === 'own' ? 'block' : choice);
