import { barWords } from './barWords.ts';
import { Breathe } from './Breathe.tsx';
import { chime } from './chime.ts';
import { Closed } from './Closed.tsx';
import { Consent } from './Consent.tsx';
import { Elsewhere } from './Elsewhere.tsx';
import { End } from './End.tsx';
import { First } from './First.tsx';
import { FrontNote } from './FrontNote.tsx';
import { Hidden } from './Hidden.tsx';
import { How } from './How.tsx';
import { Linked } from './Linked.tsx';
import { noticeWords } from './noticeWords.ts';
import { Notes } from './Notes.tsx';
import { PersonalNote } from './PersonalNote.tsx';
import { TrustNote } from './TrustNote.tsx';

export const parts = {
  barWords,
  Breathe,
  chime,
  Closed,
  Consent,
  Elsewhere,
  End,
  First,
  FrontNote,
  Hidden,
  How,
  Linked,
  noticeWords,
  Notes,
  PersonalNote,
  TrustNote,
} as const;
