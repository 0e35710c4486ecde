import { showEveryPage } from './hostPages/everyPage.ts';
import { webkitPlayer } from './hostPages/webkit.ts';

showEveryPage({ name: 'WebKitGTK', tool: 'webkit', concurrent: false, open: webkitPlayer });
