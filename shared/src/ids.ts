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

export const END_REASONS = [
  'visitor_left',
  'quick_exit',
  'counsellor_ended',
  'visitor_gone',
  'too_long',
  'closed',
  'blocked',
  'replaced',
  'lost',
] as const;
export type EndReason = (typeof END_REASONS)[number];

export const DESK_STATUSES = ['available', 'paused', 'wrap-up', 'offline'] as const;
export type DeskStatus = (typeof DESK_STATUSES)[number];
