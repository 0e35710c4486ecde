const inBrussels = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Brussels' });

/** `YYYY-MM-DD` of a moment, as a calendar in Brussels has it. */
export const dayOf = (atMs: number): string => inBrussels.format(atMs);
