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

const FEATURES_OFF = '--disable-features=';
/** Of the features that Playwright switches off (`chromiumSwitches`), what bears on us: Chromium obeys the last such list alone. */
const playwrights = [
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose'],
  ...['HttpsFirstBalancedModeAutoEnable', 'HttpsUpgrades', 'LensOverlay', 'MediaRouter', 'NetworkTimeServiceQuerying'],
  ...['OptimizationHints', 'PaintHolding', 'PreconnectToSearch', 'ThirdPartyStoragePartitioning'],
  ...['AimEnabled', 'TcpPortRandomizationWin'],
].join(',');
/**
 * Pages of the browser's own, which it loads for each window though nobody sees one: they cost more than ours do. And
 * processes that wait for a page which may come.
 */
const ofNoPage = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'PreloadTopChromeWebUI'],
  ...['SpareRendererForSitePerProcess', 'MultipleSpareRPHs'],
].join(',');

/** @param more a list of features in it takes the place of Playwright's, and ours stays */
function switches(more: readonly string[] = []): string[] {
  const own = more.find((each) => each.startsWith(FEATURES_OFF)) ?? `${FEATURES_OFF}${playwrights}`;
  return [...args, ...more.filter((each) => each !== own), `${own},${ofNoPage}`];
}

/** A browser of the test file; every person gets a context of their own in it. */
export const openBrowser = (more: Pick<LaunchOptions, 'args' | 'env' | 'ignoreDefaultArgs'> = {}): Promise<Browser> =>
  chromium.launch({ executablePath, ...more, args: switches(more.args) });

/** A profile on the disk, to be looked through afterwards. */
export const openProfile = (
  folder: string,
  options: BrowserContextOptions & Pick<LaunchOptions, 'args' | 'ignoreDefaultArgs'> = {},
) => chromium.launchPersistentContext(folder, { executablePath, ...options, args: switches(options.args) });
