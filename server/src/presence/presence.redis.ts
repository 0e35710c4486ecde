import type { Changed } from '../live/hint.ts';
import { bind, type Scripting } from '../redis/script.ts';
import type { Entered, PresenceStore } from './presence.store.ts';

type Answer<Name extends keyof PresenceStore> = Awaited<ReturnType<PresenceStore[Name]>>;

const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);

/** Counsellors at work on Redis. Contract: presence.store.ts; meaning: presence.model.ts. */
export function redisPresence(scripting: Scripting): PresenceStore {
  const beat = bind<Changed>(scripting, { lua: lua('beat'), words: [] });
  const holds = bind<{ held: number }>(scripting, { lua: lua('holds'), words: [] });
  const awake = bind<{ is: 'awake' | 'idle' }>(scripting, { lua: lua('awake'), words: ['awake', 'idle'] });
  const idle = bind<{ sessions: string[] }>(scripting, { lua: lua('idle'), words: [] });
  return {
    enter: bind<Entered>(scripting, { lua: lua('enter'), words: ['entered', 'elsewhere', 'no_cert'] }),
    desk: bind<Answer<'desk'>>(scripting, { lua: lua('desk'), words: ['desk', 'replaced', 'lost'] }),
    status: bind<Answer<'status'>>(scripting, { lua: lua('status'), words: ['set', 'replaced', 'lost'] }),
    slots: bind<Answer<'slots'>>(scripting, { lua: lua('slots'), words: ['set', 'replaced', 'lost'] }),
    serves: bind<Answer<'serves'>>(scripting, { lua: lua('serves'), words: ['set', 'replaced', 'lost'] }),
    holds: async (input) => (await holds(input)).held > 0,
    awake: async (session) => (await awake({ session })).is === 'awake',
    idle: async (input) => (await idle(input)).sessions,
    beat: (desks) => beat({ desks }),
    leave: bind<Answer<'leave'>>(scripting, {
      lua: lua('leave'),
      words: ['left', 'has_conversations', 'replaced', 'lost'],
    }),
    signOut: bind<Answer<'signOut'>>(scripting, { lua: lua('signOut'), words: ['signed_out', 'replaced', 'lost'] }),
  };
}
