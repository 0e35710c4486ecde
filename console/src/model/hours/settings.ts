import type { Schedule } from '@clbchat/shared/hours/schedule';

/** The rules of a centre that a person sets, by name; durations in ms. */
export type Rules = Readonly<Record<string, number | boolean | string>>;

/** What the page may change. */
export interface Settings {
  readonly schedule: Schedule;
  readonly rules: Rules;
  readonly exitUrl: string;
}

/** Settings as they stand at the service. */
export interface Standing {
  /** by which whoever changes them says what was seen */
  readonly rev: number;
  readonly settings: Settings;
}

/** From and up to, both included, and the pairs of which the first may not be above the second. */
export interface Bounds {
  readonly bounds: Readonly<Record<string, readonly [number, number]>>;
  readonly orders: readonly (readonly [string, string])[];
}

export interface SettingProblem {
  /** `schedule.week.monday.0` */
  readonly path: string;
  readonly code: string;
}

export type Saved =
  | ({ readonly is: 'written' } & Standing)
  /** somebody else saved first: `by` is her name, null where nobody knows it */
  | { readonly is: 'stale'; readonly now: Standing; readonly by: string | null }
  | { readonly is: 'refused'; readonly problems: readonly SettingProblem[] }
  /** signed out, or no coordinator any more */
  | { readonly is: 'not_yours' }
  /** she did not show again that it is she, which another place for *Snel weg* needs */
  | { readonly is: 'given_up' }
  /** no answer: nobody knows whether it was written */
  | { readonly is: 'unreachable' };

export interface SettingsApi {
  /** With the service's time, in ms. Null when it did not answer, or may not. */
  read(): Promise<(Standing & Bounds & { readonly nowMs: number }) | null>;
  write(seen: number, settings: Settings): Promise<Saved>;
}
