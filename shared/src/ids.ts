import { nanoid } from 'nanoid';

/**
 * Names of things, each its own type, so that an account never stands where a visit belongs.
 * On the wire and in the store every id is a plain string of the characters A-Z a-z 0-9 _ and -.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** 16 bytes: the first half of SHA-256("clbchat/1 visit" ‖ proof). Also the id of its conversation. */
export type VisitId = Branded<'VisitId'>;
/** A member of staff. Short, chosen by the centre; never shown to a visitor. */
export type AccountId = Branded<'AccountId'>;
/** SHA-256 of a token or of a device's public key. What was hashed is never stored. */
export type Digest = Branded<'Digest'>;
/** Made by a client for one press of a button, so that repeating it is safe. */
export type RequestId = Branded<'RequestId'>;

/** Of an id that is only a name: 126 random bits that prove nothing. What proves or opens is bytes (digest.ts). */
export const NAME_CHARS = 21;
export const newRequestId = (): RequestId => nanoid(NAME_CHARS) as RequestId;
/** For one message, for ever. */
export const newMid = (): string => nanoid(NAME_CHARS);

export const ROLES = ['pupil', 'parent'] as const;
export type Role = (typeof ROLES)[number];

export const TOPICS = ['learning', 'wellbeing', 'school-career', 'health', 'other', 'about-clb'] as const;
export type Topic = (typeof TOPICS)[number];

export const LANGUAGES = ['nl', 'en', 'fr', 'tr', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where a visit is, as the server knows it. PROTOCOL of the project: SPEC.md, V. */
export const STAGES = ['waiting', 'offered', 'opening', 'talking'] as const;
export type Stage = (typeof STAGES)[number];

/** Why a visit is over: one cause, one word. */
export const END_REASONS = [
  'visitor_left',
  'quick_exit',
  'counsellor_ended',
  'visitor_gone', // away for longer than it is kept
  'silence', //      nobody's word for too long
  'too_long', //     the conversation was as long as one may be
  'expired', //      the visit is as old as one may become, whatever it did
  'refused', //      the visitor's browser did not believe the key, twice
  'closed',
  'blocked',
  'replaced',
  'lost',
] as const;
export type EndReason = (typeof END_REASONS)[number];
/** Why a conversation is over, as a page knows it. `while_away`: nobody was here to hear it, and the service has forgotten. */
export type VisitEnd = EndReason | 'while_away';

/** Why a counsellor no longer has a visit that goes on: one cause, one word. */
export const RELEASES = [
  'counsellor_gone', // her console gave no sign for too long, or her session ended
  'visitor_away', //    no key in time, or not waited for, and the visitor's socket was gone
  'unanswered', //      no key in time: the visitor was asked, and has not answered yet
  'unopened', //        no key in time, by no doing of the visitor
  'refused', //         the visitor's browser did not believe the key
  'unkept', //          the console could not write the key down
] as const;
export type Release = (typeof RELEASES)[number];

export const DESK_STATUSES = ['available', 'paused', 'wrap-up', 'offline'] as const;
export type DeskStatus = (typeof DESK_STATUSES)[number];
