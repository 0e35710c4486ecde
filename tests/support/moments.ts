import type { Moment } from './wire.ts';

/** Of a visitor's side, from joining to the first words: where a reload or a lost line could hurt. */
export const visitorMoments: Moment[] = [
  { event: 'visit:join', way: 'out', fate: 'passed' },
  { event: 'key:offered', way: 'in', fate: 'lost' },
  { event: 'key:offered', way: 'in', fate: 'passed' },
  { event: 'key:seal', way: 'out', fate: 'lost' },
  { event: 'key:seal', way: 'out', fate: 'passed' },
  { event: 'key:opened', way: 'in', fate: 'lost' },
  { event: 'talk:append', way: 'out', fate: 'lost' },
  { event: 'talk:append', way: 'out', fate: 'passed' },
  { event: 'talk:frame', way: 'in', fate: 'lost' },
];

/** Each with what to call it. */
export const named = (moments: Moment[]) =>
  moments.map(
    (moment) => [`${moment.event} ${moment.way === 'out' ? 'said' : 'heard'}, ${moment.fate}`, moment] as const,
  );
