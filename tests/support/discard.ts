import { rm } from 'node:fs/promises';

/**
 * Takes away a folder in which another program wrote. Such a program may have forked one that outlives it for a moment
 * and still makes a file, as redis-server does to write its log anew and a browser for its profile: then once more.
 */
export const discard = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 });
