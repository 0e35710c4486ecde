import type { CalendarMoment } from '@clbchat/shared/protocol/status';

const days = ['zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'];

/** "maandag om 17 uur", "woensdag om 14.30 uur" */
function momentWords({ day, time }: CalendarMoment): string {
  const [hour = '', minute = ''] = time.split(':');
  return `${days[day] ?? ''} om ${Number(hour)}${minute === '00' ? '' : `.${minute}`} uur`;
}

/** The switch that everybody at work shares, and the line of a centre that is closed. */
export const door = {
  shut: 'Sluit de deur',
  shutHint: 'Sluit de deur en werk de rij af',
  open: 'Doe de deur weer open',
  isShut: (until: CalendarMoment | null) =>
    `De deur is dicht. We werken de rij af.${until ? ` Dat stopt vanzelf ${momentWords(until)}.` : ''}`,
  isClosed: (until: CalendarMoment | null) =>
    until ? `Het centrum is nu dicht. Het opent ${momentWords(until)}.` : 'Het centrum is nu dicht.',
  problem: 'De server antwoordt niet. Kijk straks of de deur staat zoals je wou.',
};
