import { Bug } from '../kernel/failure.ts';
import { parseCentre, type CentreSettings, type ParsedCentre } from './centre.rules.ts';

/** Settings of one centre, in the records store. Nothing of a visitor is ever near it. */
export interface CentreStore {
  /** Null when nobody put any yet. Throws Bug when what is stored no longer passes the rules. */
  get(): Promise<CentreSettings | null>;
  /** Stores what passes the rules and is of this centre; everything else is answered with its problems and not stored. */
  put(settings: unknown): Promise<ParsedCentre>;
}

/** One process, nothing kept. At the same time what the store on Redis must do. */
export function memoryCentre(id: string): CentreStore {
  let stored: string | null = null;
  return {
    get: async () => readStored(stored),
    async put(settings) {
      const checked = checkFor(id, settings);
      if (checked.ok) stored = JSON.stringify(settings);
      return checked;
    },
  };
}

/** As `parseCentre`; a document of another centre is refused, too. */
export function checkFor(id: string, settings: unknown): ParsedCentre {
  const parsed = parseCentre(settings);
  if (!parsed.ok || parsed.centre.id === id) return parsed;
  return { ok: false, problems: [{ path: 'id', code: 'value', says: `must be ${id}` }] };
}

export function readStored(text: string | null): CentreSettings | null {
  if (text === null) return null;
  const parsed = parseCentre(JSON.parse(text));
  if (parsed.ok) return parsed.centre;
  throw new Bug(`stored settings break the rules at ${parsed.problems.map(({ path }) => path).join(', ')}`);
}
