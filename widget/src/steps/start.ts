import { computed, signal } from '@preact/signals';
import type { Arrival, Visitor } from '@clbchat/shared/client/views';
import type { ProblemCode } from '@clbchat/shared/problem';
import type { Border } from '../frame/border.ts';
import type { Intro } from './intro.ts';

/** Brings the engine in when it is needed, and not before: sockets and cryptography are most of the weight. */
export function createStart<Part extends { visitor: Visitor }>(visit: Border<Part>, intro: Intro) {
  const busy = signal(false);
  /** a visit of this tab is being taken up again */
  const resuming = signal(false);
  /** why somebody could not join; the form keeps all that was written */
  const refusal = signal<ProblemCode | null>(null);
  /** what came with the engine, while a visit is on, or over and not closed yet */
  const living = computed(() => {
    const part = visit.part.value;
    const is = part?.visitor.view.value.is ?? 'none';
    // who joins keeps the form; who loaded the page again has none
    return is === 'none' || (is === 'joining' && busy.value) ? null : part;
  });

  let left = false;

  return {
    living,
    busy,
    resuming,
    refusal,
    /** the engine is on no way to this page */
    lost: visit.lost,
    /** whoever sits here: as the visit knows it, after a reload too, or as the steps do */
    role: computed(() => (living.value?.visitor ?? intro).role.value),
    engine: () => visit.part.peek()?.visitor ?? null,
    /** The first tap: the engine may be on its way before it is asked for. */
    async prepare() {
      try {
        await visit.ask();
      } catch {
        // who joins asks again, and is told
      }
    },
    async join() {
      if (busy.value) return;
      busy.value = true;
      refusal.value = null;
      try {
        const { role, topic, nick, first } = intro;
        const { visitor } = await visit.ask();
        if (left) return;
        const said = { role: role.value, topic: topic.value, nick: nick.value.trim(), first: first.value };
        const ack = await visitor.join({ ...said, lang: 'nl' });
        if (!ack.ok) refusal.value = ack.code;
      } catch {
        refusal.value = 'unavailable';
      }
      busy.value = false;
    },
    async resume(arrived?: Arrival) {
      resuming.value = true;
      const { visitor } = await visit.bring();
      if (!left) await visitor.resume(arrived).catch(reportError);
      resuming.value = false;
    },
    /** snel weg, perhaps while the engine is still on its way: it finds nothing to do */
    forget() {
      left = true;
    },
    again() {
      visit.part.value?.visitor.reset();
      intro.restart();
    },
  };
}
export type Start<Part extends { visitor: Visitor }> = ReturnType<typeof createStart<Part>>;
