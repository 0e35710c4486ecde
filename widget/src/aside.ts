// what it shares with them is there before it
import './later.ts';
import { wear } from './sheets.ts';
import asideSheet from './ui/aside/aside.css?inline';
import contrastSheet from './ui/aside/contrast.css?inline';

wear(asideSheet, contrastSheet);

export { parts } from './ui/aside/parts.ts';
