import { showEveryPage } from './hostPages/everyPage.ts';
import { firefoxPlayer } from './hostPages/firefox.ts';

showEveryPage({ name: 'Firefox', tool: 'firefox', concurrent: false, open: firefoxPlayer });
