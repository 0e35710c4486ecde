import { afterAll, vi } from 'vitest';

/**
 * How long a test waits for what has to come, before it says that it hangs. Libraries give up after a second, which a busy
 * machine needs now and then; no test may depend on how fast this one is.
 */
export const PATIENCE_MS = process.env['FIRST_FAILURE'] === 'yes' ? 10_000 : 30_000; // planted bugs make it hang

const atLeast = <Options extends { timeout?: number }>(options: number | Options = {} as Options) =>
  typeof options === 'number'
    ? Math.max(options, PATIENCE_MS)
    : { ...options, timeout: Math.max(options.timeout ?? 0, PATIENCE_MS) };

const { waitFor, waitUntil } = vi;
vi.waitFor = (look, options) => waitFor(look, atLeast(options));
vi.waitUntil = (look, options) => waitUntil(look, atLeast(options));
afterAll(() => void Object.assign(vi, { waitFor, waitUntil })); // the next file begins with vitest's own
