import { Gone } from './ending/Gone.tsx';
import { Problem } from './ending/Problem.tsx';
import barSheet from './frame/bar.css?inline';
import { Files } from './frame/Files.tsx';
// what the rare pages and the chat share has no chunk of its own: an address and a hash more would stand on the first screen
import './frame/Firm.tsx';
import { ShiftVoice } from './frame/ShiftVoice.tsx';
import { SmallBar } from './frame/SmallBar.tsx';
import { followKeyboard } from './frame/viewport.ts';
import { wear } from './frame/sheets.ts';
import { heedSecondTaps } from '@clbchat/shared/client/twoTaps';
import { Anonymous } from './steps/Anonymous.tsx';
import { Name } from './steps/Name.tsx';
import stepsSheet from './steps/steps.css?inline';
import { Topic } from './steps/Topic.tsx';
import type { StepPages } from './widget.ts';

wear(stepsSheet, barSheet);
heedSecondTaps();
if (window.parent === window) followKeyboard();

export const pages: StepPages = {
  anonymous: Anonymous,
  topic: Topic,
  name: Name,
  gone: Gone,
  Problem,
  SmallBar,
  ShiftVoice,
  Files,
};
