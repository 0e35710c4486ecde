import type { CalendarMoment, HolidayName } from '../protocol/status.ts';

/** Index as on the wire: Sunday is 0. */
export const dayNames = ['zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'] as const;
const months = ['jan.', 'feb.', 'maart', 'april', 'mei', 'juni', 'juli', 'aug.', 'sep.', 'okt.', 'nov.', 'dec.'];

/** As they stand within a sentence of the chat: for the chat, and for the page that shows what it will say [U12]. */
export const holidayNames: Record<HolidayName, string> = {
  autumn: 'herfstvakantie',
  armistice: 'Wapenstilstand',
  christmas: 'kerstvakantie',
  spring: 'krokusvakantie',
  easter: 'paasvakantie',
  'easter-monday': 'Paasmaandag',
  'labour-day': 'de Dag van de Arbeid',
  ascension: 'Hemelvaart',
  'whit-monday': 'Pinkstermaandag',
  summer: 'zomervakantie',
};

/** `2026-12-21` is "21 dec.". */
export const dateWords = (date: string): string => {
  const [, month = '1', day = '1'] = date.split('-');
  return `${Number(day)} ${months[Number(month) - 1] ?? ''}`;
};

/** "maandag", or "maandag 4 jan." when another Monday comes first. */
export const momentWords = ({ day, date }: Omit<CalendarMoment, 'time'>, inMs: number): string => {
  const name = dayNames[day] ?? '';
  return inMs < 6 * 24 * 3_600_000 ? name : `${name} ${dateWords(date)}`;
};

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
