import { wear } from './sheets.ts';
import { Anonymous } from './ui/Anonymous.tsx';
import barSheet from './ui/bar.css?inline';
import { bringAside, fromAside } from './ui/fromAside.tsx';
import { HelpSheet } from './ui/HelpSheet.tsx';
import type { Later } from './ui/later.ts';
import { Name } from './ui/Name.tsx';
import { Problem } from './ui/Problem.tsx';
import { ShiftVoice } from './ui/ShiftVoice.tsx';
import sheetSheet from './ui/sheet.css?inline';
import { SmallBar } from './ui/SmallBar.tsx';
import stepsSheet from './ui/steps.css?inline';
import { Topic } from './ui/Topic.tsx';

wear(stepsSheet, sheetSheet, barSheet);

// its colours stand there: few ask for them, and who does waits for nothing else
const contrast = matchMedia('(prefers-contrast: more), (forced-colors: active)');
if (contrast.matches) bringAside();
contrast.addEventListener('change', bringAside);

export const parts: Later = {
  steps: { anonymous: Anonymous, topic: Topic, name: Name },
  SmallBar,
  HelpSheet,
  ShiftVoice,
  Closed: fromAside('Closed'),
  Problem,
};

export { asideFrom } from './ui/fromAside.tsx';
export { followKeyboard } from './viewport.ts';
