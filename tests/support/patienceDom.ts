import { configure } from '@testing-library/preact';
import { PATIENCE_MS } from './patience.ts';

configure({ asyncUtilTimeout: PATIENCE_MS });

// jsdom lays nothing out, and knows no sight
Element.prototype.scrollIntoView ??= () => undefined;
