import { afterAll } from 'vitest';
import { builtinEnvironments } from 'vitest/runtime';

/** A page of its own for each file: what one leaves in its document or its storage, or listening to it, is not in the next. */
const { teardown } = await builtinEnvironments['happy-dom'].setup(globalThis, {});
afterAll(() => teardown(globalThis));
