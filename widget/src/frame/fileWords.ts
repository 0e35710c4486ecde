import { speak } from './speak.ts';

/** Who drops a file on the chat. */
export const words = {
  'file.dropped': 'Een bestand sturen kan hier niet. Vertel in woorden wat erop staat.',
} as const;

export const tf = speak(words);
