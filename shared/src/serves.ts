import { LANGUAGES, ROLES, TOPICS, type Language, type Role, type Topic } from './ids.ts';

/** Whom a counsellor wants to be rung for: at least one of each, none twice. */
export interface Serves {
  readonly roles: readonly Role[];
  readonly topics: readonly Topic[];
  readonly langs: readonly Language[];
}

export const EVERYBODY: Serves = { roles: ROLES, topics: TOPICS, langs: LANGUAGES };

/** Whether a choice leaves nobody out, in whatever order it was made. */
export const isEverybody = ({ roles, topics, langs }: Serves): boolean =>
  roles.length === ROLES.length && topics.length === TOPICS.length && langs.length === LANGUAGES.length;
