// what it shares with them is there before it
import './later.ts';
import contrastSheet from '@clbchat/shared/looks/contrast.css?inline';
import { wear } from './sheets.ts';
import asideSheet from './ui/aside/aside.css?inline';
import forcedSheet from './ui/aside/forced.css?inline';

wear(asideSheet, contrastSheet, forcedSheet);

export { parts } from './ui/aside/parts.ts';
