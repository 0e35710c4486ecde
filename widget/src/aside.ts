// what it shares with them is there before it
import './later.ts';
import { wear } from './sheets.ts';
import asideSheet from './ui/aside.css?inline';
import { Closed } from './ui/Closed.tsx';
import type { AsideParts } from './ui/fromAside.tsx';
import { Hidden } from './ui/Hidden.tsx';
import { Breathe } from './ui/room/Breathe.tsx';
import { How } from './ui/room/How.tsx';

wear(asideSheet);

export const parts: AsideParts = { Closed, Hidden, Breathe, How };
