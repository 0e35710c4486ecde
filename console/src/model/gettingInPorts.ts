import type { OwnSessions, Role } from './session.ts';

/** Somebody who is signed in by what only she has. */
export interface Me {
  readonly name: string;
  readonly method: 'passkey' | 'code' | 'password' | 'oidc';
  readonly roles: readonly Role[];
  /** whether she holds a conversation at a desk; told with who is signed in, and not with a sign-in */
  readonly holds?: boolean;
  /** ms until her session's absolute end */
  readonly leftMs?: number;
}
interface OwnPasskey {
  readonly id: string;
  /** `YYYY-MM-DD` */
  readonly made: string;
  /** what has it */
  readonly kind: 'device' | 'phone' | 'key';
}
export interface OwnKeys {
  readonly passkeys: readonly OwnPasskey[];
  readonly codesLeft: number;
}
/** What goes with her password, for her app. */
export interface Seed {
  readonly secret: string;
  /** `otpauth:` */
  readonly uri: string;
}
/** Why a new password is none. */
type BadPassword = 'login' | 'short' | 'easy' | 'common' | 'name_in_it' | 'taken' | 'step_up';
/** A passkey that was made and is kept nowhere yet. */
export interface MadePasskey {
  readonly id: string;
  readonly transports: readonly string[];
}

/**
 * Why something did not come about: the address opens nothing, what was shown does not count, she stopped, this browser has no passkeys, this device has a
 * passkey already, too many tries, or no answer. `full` and `last` are of her own passkeys; `over` is a session that ended.
 */
export type Refused =
  | {
      readonly why:
        | 'gone'
        | 'refused'
        | 'stopped'
        | 'no_passkeys'
        | 'there'
        | 'unreachable'
        | 'full'
        | 'last'
        | 'name'
        | 'late'
        | 'over'
        | BadPassword;
    }
  | { readonly why: 'too_fast'; readonly waitMs: number };
export type Done<Value> = { readonly ok: true; readonly value: Value } | ({ readonly ok: false } & Refused);

export interface GettingInPorts {
  /** Whether this browser keeps what a sign-in lasts by. */
  keepsCookies(): boolean;
  /** Null when nobody is signed in like that. Rejects when nobody can say. */
  me(): Promise<Me | null>;
  look(token: string): Promise<Done<null>>;
  /** @param has the passkey that must not be made a second time */
  make(token: string, name: string, has: MadePasskey | null): Promise<Done<MadePasskey>>;
  finish(
    token: string,
    name: string,
    passkeys: readonly MadePasskey[],
    codes: boolean,
  ): Promise<Done<{ readonly me: Me; readonly codes: readonly string[] }>>;
  withPasskey(): Promise<Done<Me>>;
  withCode(code: string): Promise<Done<Me>>;
  /** Whether somebody who is not signed in yet may come by a password. */
  passwords(): Promise<boolean>;
  /** The name that goes with her password; refused where nobody has one. */
  password(): Promise<Done<{ readonly login: string | null }>>;
  withPassword(login: string, password: string): Promise<Done<null>>;
  withTotp(code: string): Promise<Done<Me>>;
  beginPassword(login: string, password: string): Promise<Done<Seed>>;
  confirmPassword(code: string): Promise<Done<null>>;
  removePassword(): Promise<Done<null>>;
  keys(): Promise<Done<OwnKeys>>;
  add(): Promise<Done<Me>>;
  remove(id: string): Promise<Done<OwnKeys>>;
  newCodes(): Promise<Done<readonly string[]>>;
  /** @returns `out` alone where it came about: while she holds conversations, or no answer came, she is signed in still */
  signOut(): Promise<'out' | 'holding' | 'still_in'>;
  readonly sessions: OwnSessions;
}
