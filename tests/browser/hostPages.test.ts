import { chromiumPlayer } from './hostPages/chromium.ts';
import { showEveryPage } from './hostPages/everyPage.ts';

showEveryPage({ name: 'Chromium', tool: 'chromium', concurrent: true, open: chromiumPlayer });
