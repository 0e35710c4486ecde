import { signal } from '@preact/signals-core';
import type { Visitor } from '@clbchat/shared/client/views';
import type { ProblemCode } from '@clbchat/shared/problem';
import type { Intro } from './intro.ts';

/** Brings the engine in when it is needed, and not before: sockets and cryptography are most of the weight. */
export function createStart(bring: () => Promise<Visitor>, intro: Intro) {
  const visitor = signal<Visitor | null>(null);
  const busy = signal(false);
  /** why somebody could not join; the form keeps all that was written */
  const refusal = signal<ProblemCode | null>(null);

  let left = false;

  const engine = async () => (visitor.value ??= await bring());

  return {
    visitor,
    busy,
    refusal,
    async join() {
      if (busy.value) return;
      busy.value = true;
      refusal.value = null;
      try {
        const { role, topic, nick, first } = intro;
        const brought = await engine();
        if (left) return;
        const said = { role: role.value, topic: topic.value, nick: nick.value.trim(), first: first.value };
        const ack = await brought.join({ ...said, lang: 'nl' });
        if (!ack.ok) refusal.value = ack.code;
      } catch {
        refusal.value = 'unavailable';
      }
      busy.value = false;
    },
    async resume() {
      busy.value = true;
      try {
        const brought = await engine();
        if (!left) await brought.resume();
      } catch {
        refusal.value = 'unavailable';
      }
      busy.value = false;
    },
    /** snel weg, perhaps while the engine is still on its way: it finds nothing to do */
    forget() {
      left = true;
    },
    again() {
      visitor.value?.reset();
      intro.restart();
    },
  };
}
export type Start = ReturnType<typeof createStart>;
