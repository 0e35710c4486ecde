const DAY_MS = 86_400_000;
const TUESDAY = 2;
const ZONE = 'Europe/Brussels';

/** How far the coming Tuesday evening is, a quarter to seven in Brussels: within the ordinary hours, whenever a picture is taken. */
export function untilEveningMs(nowMs: number): number {
  for (let days = 1; ; days++) {
    const date = new Date(nowMs + days * DAY_MS).toISOString().slice(0, 10);
    if (new Date(`${date}T12:00:00Z`).getUTCDay() !== TUESDAY) continue;
    const guess = Date.parse(`${date}T18:42:00Z`);
    const shown = new Date(guess).toLocaleTimeString('en-GB', { timeZone: ZONE, hour: '2-digit' });
    return guess - (Number(shown) - 18) * 3_600_000 - nowMs;
  }
}

/** A script that moves the clock of a page or of a process. */
export const clockScript = (byMs: number): string => `
globalThis.Date = class extends Date {
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(new.target.now());
  }
  static now() {
    return super.now() + ${byMs};
  }
};`;
