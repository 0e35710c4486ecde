/** What a machine asks of the world. `id` names this one piece of work: the event that tells its end bears the same. */
type Work = { readonly id: string };
export interface Step<State, Effect extends Work> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

interface Parts<State, Event, Effect extends Work> {
  start: State;
  step(state: State, event: Event): Step<State, Effect>;
  /** Does one effect. @returns the event that tells what became of it, or nothing when nobody waits for it; never rejects */
  run(effect: Effect): Promise<Event | void>;
  /** after each step, before its effects */
  changed(state: State, before: State): void;
}

/** Runs a pure machine. Work that is under way is not begun a second time, however often a step asks for it. */
export function runMachine<State, Event, Effect extends Work>(parts: Parts<State, Event, Effect>) {
  const underWay = new Set<string>();
  let state = parts.start;
  let stopped = false;

  function tell(event: Event) {
    if (stopped) return;
    const before = state;
    const next = parts.step(state, event);
    state = next.state;
    parts.changed(state, before);
    for (const effect of next.effects) if (!underWay.has(effect.id)) void work(effect);
  }

  async function work(effect: Effect) {
    underWay.add(effect.id);
    const event = await parts.run(effect);
    underWay.delete(effect.id);
    if (event) tell(event);
  }

  return {
    get state(): State {
      return state;
    },
    tell,
    /** nothing that is still under way is heard any more */
    stop() {
      stopped = true;
    },
  };
}
