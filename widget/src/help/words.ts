import { speak } from '../frame/speak.ts';

/** The numbers to call. */
export const words = {
  'safe.title': { pupil: 'Ben je nu in gevaar?', parent: 'Is er nu iemand in gevaar?' },
  'safe.112': 'Nood',
  'safe.112.sub': 'Politie, brandweer of ziekenwagen. Dag en nacht.',
  'safe.1813': 'Zelfmoordlijn',
  'safe.1813.sub': 'Denk je aan zelfmoord? Bel of chat.',
  'safe.102': 'Awel',
  'safe.102.sub': { pupil: 'Praten over alles. Voor jou.', parent: 'Voor kinderen en jongeren.' },
  'safe.1712': 'Geweld of misbruik',
  'safe.1712.sub': 'Ook bij een vermoeden. Gratis.',
  'safe.106': 'Tele-Onthaal',
  'safe.106.sub': 'Praten, dag en nacht.',
  'safe.tip': 'Bel liefst met een telefoon die niemand anders bekijkt.',
  'safe.close': 'Sluit',
} as const;

export const th = speak(words);
