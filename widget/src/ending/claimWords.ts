import { speak } from '../frame/speak.ts';

/** What is asked where a tab keeps a chat that may be somebody else's. */
export const words = {
  'claim.q': 'Was jij hier aan het chatten?',
  'claim.lead': 'Dan kan je verder. Was jij het niet? Dan wissen we die chat.',
  'claim.yes': 'Ga hier verder',
  'claim.no': 'Nee, wis die chat',
} as const;

export const tclaim = speak(words);
