import { checkFor, readStored, type CentreStore } from './centre.store.ts';

/** What is asked of a connection; ioredis has it. */
interface Records {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<unknown>;
}

/**
 * On the records Redis, which keeps: `{id}:settings`, the document as JSON, without an end.
 * One command each, so nothing here needs a script.
 */
export function redisCentre(redis: Records, id: string): CentreStore {
  const key = `{${id}}:settings`;
  return {
    get: async () => readStored(await redis.get(key)),
    async put(settings) {
      const checked = checkFor(id, settings);
      if (checked.ok) await redis.set(key, JSON.stringify(settings));
      return checked;
    },
  };
}
