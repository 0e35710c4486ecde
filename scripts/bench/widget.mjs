import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { build, runnerImport } from 'vite';
import { compress } from '../setup/compress.mjs';
import { median } from './median.mjs';
import { slowNetwork } from './widgetNetwork.mjs';
import { prove } from './widgetProof.mjs';
import { visit } from './widgetVisit.mjs';

const RUNS = 9;
const PROCESSOR = 4;
const NETWORK = { bitsPerSecond: 1_600_000, roundTripMs: 150 };
const GOALS = {
  firstScreen: { says: 'first screen usable', times: 1.5, ms: 1_500 },
  chatReady: { says: 'chat ready', times: 1.7, ms: 2_500 },
};
const PROVEN = {
  loopMs: { says: 'a loop', meant: `processor slowed ${PROCESSOR} times` },
  downloadMs: { says: '200 kB', meant: '1.6 Mbit/s' },
  wordMs: { says: 'a word of a WebSocket', meant: '150 ms there and back' },
};
const OURS = ['Ik ben leerling', 'Hoe ik me voel', 'Ga naar de wachtrij'];

/** People and browser of the tests, which are TypeScript. */
async function fromTests(file) {
  const conditions = ['@clbchat/source', 'node'];
  const config = { configFile: false, logLevel: 'error', resolve: { conditions }, ssr: { resolve: { conditions } } };
  return (await runnerImport(resolve('tests/support', file), config)).module;
}

/** The page to compare with, built and served like ours. */
async function serveBare() {
  const outDir = resolve('.cache/bench/bare');
  const root = resolve(import.meta.dirname, 'bare');
  const options = { outDir, emptyOutDir: true, target: 'es2022', modulePreload: false };
  await build({ root, base: './', configFile: false, logLevel: 'error', build: options });
  compress(outDir);
  const server = spawn(process.execPath, [join(root, 'server.mjs'), outDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((done, fail) => {
    server.stdout.once('data', (said) => done(String(said).trim()));
    server.once('exit', (code) => fail(new Error(`the bare page's server ended with ${code}`)));
  });
  return { address, stop: () => server.kill() };
}

/** A visitor's browser, empty, on a slow machine and a slow network; without `proxy` on this machine as it is. */
const visitorIn = (browser, proxy) => async () => {
  const context = await browser.newContext({ locale: 'nl-BE', ...(proxy && { proxy: { server: proxy } }) });
  const page = await context.newPage();
  if (proxy) {
    const session = await context.newCDPSession(page);
    const slow = () => session.send('Emulation.setCPUThrottlingRate', { rate: PROCESSOR });
    // a navigation into another process forgets it; scripts come later than this, by a round trip at least
    page.on('framenavigated', () => void slow().catch(() => undefined));
    await slow();
  }
  return { page, close: () => context.close() };
};

/** Signs in, and from then on presses *accept* in the moment it is there. */
async function counsellorWhoAccepts(stage) {
  const { counsellor } = await fromTests('people.ts');
  const lien = await counsellor(stage);
  await lien.page.evaluate(() => {
    const accept = () => {
      for (const button of document.querySelectorAll('button'))
        if ((button.getAttribute('aria-label') ?? button.textContent).includes('Neem aan')) button.click();
    };
    // a button that has just come does nothing yet
    new MutationObserver(accept).observe(document.body, { childList: true, subtree: true, attributes: true });
  });
  return lien;
}

async function linkTo(app) {
  const page = await (await fetch(app.smartschool)).text();
  return /<a href="([^"]+\/w\/#[^"]+)"/.exec(page)[1];
}

/** Ours and the bare page in turns, so that whatever else the machine does meets both. */
async function pairs(ours, bare) {
  const found = [];
  for (let run = -1; run < RUNS; run += 1) {
    const order = run % 2 === 0 ? [ours, bare] : [bare, ours];
    const pair = {};
    for (const one of order) pair[one.name] = await one.visit();
    if (run >= 0) found.push(pair); // the one before warms disk and code caches
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  return found;
}

/** Median of each, and of what one is of the other in the same pair: a busy minute makes both slow. */
function summary(found, moment, goal) {
  const of = (name) => Math.round(median(found.map((pair) => pair[name][`${moment}Ms`])));
  const ratios = found.map(({ ours, bare }) => ours[`${moment}Ms`] / bare[`${moment}Ms`]);
  return { oursMs: of('ours'), bareMs: of('bare'), times: Number(median(ratios).toFixed(2)), goal };
}

function print({ proofs, load, ...found }) {
  const ms = (number) => `${number.toLocaleString('en')} ms`;
  console.log(`Chromium · medians of ${RUNS} · load of this machine ${load.toFixed(1)}`);
  for (const [when, proof] of Object.entries(proofs)) {
    for (const [what, { says, meant }] of Object.entries(PROVEN)) {
      const { slowMs, plainMs, times, bites } = proof[what];
      const doubt = bites ? '' : ' · NOT SLOWED: the figures below say little';
      console.log(`  ${when} ${says} (${meant}): ${ms(slowMs)}, otherwise ${ms(plainMs)}: ${times}×${doubt}`);
    }
  }
  for (const [moment, { says, times, ms: goalMs }] of Object.entries(GOALS)) {
    const { oursMs, bareMs, times: measured } = found[moment];
    const short = (is) => (is ? ' · short' : '');
    console.log(`${says}: ${ms(oursMs)}, goal ${ms(goalMs)}${short(oursMs > goalMs)}`);
    console.log(`  of the bare page (${ms(bareMs)}): ${measured}×, goal ${times}×${short(measured > times)}`);
  }
}

/** `npm run bench -- widget`. @throws when nobody gets through */
export async function widget() {
  const [{ startApp }, { openBrowser }, { stageOf }] = await Promise.all(
    ['app.ts', 'chromium.ts', 'stage.ts'].map(fromTests),
  );
  const [app, browser, bare, network] = await Promise.all([
    startApp({ unscaled: true }),
    openBrowser(),
    serveBare(),
    slowNetwork(NETWORK),
  ]);
  try {
    const [visitor, quick] = [visitorIn(browser, network.address), visitorIn(browser)];
    const before = await prove(bare.address, visitor, quick);
    const lien = await counsellorWhoAccepts(stageOf(app, browser).stage);
    const address = await linkTo(app);
    const ours = {
      name: 'ours',
      async visit() {
        const times = await visit(visitor, { address, steps: OURS });
        await lien.ends();
        return times;
      },
    };
    const other = { name: 'bare', visit: () => visit(visitor, { address: bare.address, steps: ['Begin'] }) };
    const found = await pairs(ours, other);
    const after = await prove(bare.address, visitor, quick);
    const said = {
      bench: 'widget',
      runs: RUNS,
      load: loadavg()[0],
      proofs: { before, after },
      firstScreen: summary(found, 'firstScreen', GOALS.firstScreen),
      chatReady: summary(found, 'chatReady', GOALS.chatReady),
    };
    print(said);
    console.log(JSON.stringify(said));
  } finally {
    await browser.close();
    await app.stop();
    bare.stop();
    network.close();
  }
}
