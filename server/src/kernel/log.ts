import type { ProblemCode } from '@clbchat/shared/problem';
import { pino } from 'pino';
import type { Clock } from './clock.ts';
import { Bug } from './failure.ts';
import type { Sink } from './sink.ts';

/**
 * The only facts that may reach a log. None of them tells who was here or what was said: no id of a visit,
 * no address, no time finer than a minute. Adding one is a decision about privacy and gets the review of one.
 */
export interface Facts {
  /** name of a socket event, a route or a job, as our code writes it */
  event?: string;
  code?: ProblemCode;
  /** how many, of what the sentence names */
  count?: number;
  tookMs?: number;
  err?: unknown;
}

export interface Log {
  info(says: string, facts?: Facts): void;
  warn(says: string, facts?: Facts): void;
  error(says: string, facts?: Facts): void;
}

export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

interface Needs {
  readonly clock: Clock;
  readonly level: LogLevel;
  readonly to: Pick<Sink, 'write'> & Partial<Pick<Sink, 'takeDropped'>>;
}

/**
 * Lines of JSON: `{lvl, t, event?, code?, count?, tookMs?, at?, says}`.
 * There is no child(), on purpose: pino writes what a child is bound to without asking any list.
 *
 * @returns A log that never throws for what it is given, and drops what the types could not keep out.
 */
export function openLog({ clock, level, to }: Needs): Log {
  const lines = pino(
    {
      level,
      base: null, // no process id, no host name
      messageKey: 'says',
      timestamp: () => `,"t":"${minuteOf(clock)}"`,
      formatters: { level: (lvl) => ({ lvl }) },
      serializers: {},
    },
    to,
  );
  const write =
    (how: 'info' | 'warn' | 'error') =>
    (says: string, { event, code, count, tookMs, err }: Facts = {}) => {
      const facts = {
        event: wordOf(event),
        code: wordOf(code),
        count: numberOf(count),
        tookMs: numberOf(tookMs),
        at: placeOf(err),
      };
      const dropped = to.takeDropped?.() ?? 0;
      if (dropped > 0) lines.warn({ count: dropped }, 'lines of this log could not be written');
      lines[how](facts, says);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

function minuteOf(clock: Clock): string {
  try {
    return `${new Date(clock.nowMs()).toISOString().slice(0, 16)}Z`;
  } catch {
    return 'unknown'; // a clock that was not measured yet; the line matters more
  }
}

const WORD_CHARS_MAX = 32;

// Our names are short and plain, those of routes begin with a slash; a sentence or a token in their place is dropped.
const wordOf = (value: unknown) =>
  typeof value === 'string' && value.length <= WORD_CHARS_MAX && /^[a-zA-Z/][a-zA-Z_:/-]*$/.test(value) // at most WORD_CHARS_MAX
    ? value
    : undefined;

const numberOf = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

const CAUSES_MAX = 3;

/**
 * Where an error happened and of what kind, without what it says unless we wrote it: a JSON error quotes the
 * text that it could not read, a Redis error the arguments it did not like. Its fields are never looked at
 * but for `code`, when that is a constant of the system (`ECONNREFUSED`).
 */
function placeOf(err: unknown, depth = 1): string | undefined {
  if (!(err instanceof Error)) return err === undefined ? undefined : typeof err;
  const kind = /^[A-Za-z]{1,40}$/.test(err.name) ? err.name : 'Error'; // at most packetBytesMax
  const parts = [kind, constantOf(err), ...framesOf(err)];
  if (err instanceof Bug) parts[0] = `${kind}: ${err.message}`;
  if (err.cause !== undefined && depth < CAUSES_MAX) parts.push(`because of ${placeOf(err.cause, depth + 1)}`);
  return parts.filter((part) => part !== undefined).join('\n');
}

/** `code` of a system error, or the first word of what Redis answered (`OOM`, `NOSCRIPT`). */
function constantOf(err: Error): string | undefined {
  const word = err.name === 'ReplyError' ? err.message.split(' ', 1)[0] : 'code' in err ? err.code : undefined;
  return typeof word === 'string' && /^[A-Z][A-Z_]{1,39}$/.test(word) ? word : undefined; // at most packetBytesMax
}

// A message may hold a line that looks like a frame: only what stands after the message counts.
function framesOf({ stack = '', message }: Error): string[] {
  const from = stack.indexOf(message);
  if (from < 0) return [];
  const lines = stack.slice(from + message.length).split('\n');
  return lines.filter((line) => /^ {4}at [^\n]*:\d+:\d+\)?$/.test(line)).map((line) => line.trim()); // at most packetBytesMax
}
