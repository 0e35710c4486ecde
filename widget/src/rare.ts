// what it shares with them is there before it
import './steps.ts';
import { surviveRewriting } from '@clbchat/shared/client/rewrittenText';
import contrastSheet from '@clbchat/shared/looks/contrast.css?inline';
import { Closed } from './ending/Closed.tsx';
import { Later } from './ending/Later.tsx';
import { Unclaimed } from './ending/Unclaimed.tsx';
import { WhenOpen } from './ending/WhenOpen.tsx';
import { Dropped } from './frame/Dropped.tsx';
import forcedSheet from './frame/forced.css?inline';
import { wear } from './frame/sheets.ts';
import rareSheet from './rare.css?inline';
import { Hidden } from './steps/Hidden.tsx';
import { Breathe } from './waiting/Breathe.tsx';
import { How } from './waiting/How.tsx';
import type { RarePages } from './widget.ts';

wear(rareSheet, contrastSheet, forcedSheet);

export const pages: RarePages = {
  ...{ Hidden, Breathe, How, Closed, Later, Unclaimed, WhenOpen, Dropped },
  survive: surviveRewriting(document.body),
};
