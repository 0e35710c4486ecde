import { chromium, type Browser, type BrowserContextOptions, type LaunchOptions } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** Quiet, without a sandbox because containers give none, and without anything that would call home. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser of the test file; every person gets a context of their own in it. */
export const openBrowser = (more: Pick<LaunchOptions, 'args' | 'env' | 'ignoreDefaultArgs'> = {}): Promise<Browser> =>
  chromium.launch({ executablePath, ...more, args: [...args, ...(more.args ?? [])] });

/** A profile on the disk, to be looked through afterwards. */
export const openProfile = (
  folder: string,
  options: BrowserContextOptions & Pick<LaunchOptions, 'args' | 'ignoreDefaultArgs'> = {},
) => chromium.launchPersistentContext(folder, { executablePath, ...options, args: [...args, ...(options.args ?? [])] });
