import type { Addressed, Hub } from './hub.ts';

/** @param when `now`: none of its hints is for the socket that is answered, so they need not wait for that answer */
export type After = (effects: { readonly hints: readonly Addressed[]; readonly freed?: boolean }, when?: 'now') => void;

/**
 * What follows a command: its hints, in the order of the commands and after the answer has left if need be; then `match`,
 * when a place or a visitor became free. However many commands a turn of the event loop had, it is one errand.
 */
export function createAfter(hub: Hub, kick: () => void): After {
  let waiting: Addressed[] = [];
  let freed = false;
  let asked = false;

  const run = () => {
    const [hints, match] = [waiting, freed];
    [waiting, freed, asked] = [[], false, false];
    hub.deliver(hints);
    if (match) kick();
  };
  return (effects, when) => {
    if (when === 'now' && waiting.length === 0 && !effects.freed) return hub.deliver(effects.hints);
    waiting.push(...effects.hints);
    freed ||= effects.freed === true;
    if (asked) return;
    asked = true;
    setImmediate(run);
  };
}
