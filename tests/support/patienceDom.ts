import { cleanup, configure } from '@testing-library/preact';
import { afterAll } from 'vitest';
import { PATIENCE_MS } from './patience.ts';

configure({ asyncUtilTimeout: PATIENCE_MS });

// it lays nothing out, and knows no sight
Element.prototype.scrollIntoView ??= () => undefined;

// what Preact does after a paint, and the timer in case none comes, is done before the page is taken down around it
afterAll(async () => {
  cleanup();
  await new Promise((painted) => requestAnimationFrame(painted));
});
