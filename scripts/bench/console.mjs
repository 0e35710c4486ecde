/**
 * `npm run bench -- console`: a conversation of 2,000 messages in Chromium, opened after a reload at the desk and on the visitor's own page in
 * the same run, and switched back to. A log may be drawn in windows: it stands when the newest message does and no more are added.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runnerImport } from 'vite';
import { switchesTo, watch, writes } from './consolePage.mjs';
import { report, table } from './goals.mjs';
import { loadNow } from './machine.mjs';
import { median } from './median.mjs';
import { digits } from './statistics.mjs';

const MESSAGES = 2_000;
/** In turns: she reads more than she writes. */
const TURNS = { visitor: 80, counsellor: 20 };
const RUNS = { short: 3, long: 7 };
const WRITE_MS = { short: 120_000, long: 600_000 };
const GOALS = { times: 1.3, taskMs: 50, switchMs: 300, composerPart: 1 };
const PATIENCE_MS = 120_000;
const QUIET_MS = 1_000;
const NEVER = 1_000_000_000;
const NICK = 'Vos';
const LAST = 'het laatste bericht';
const WIDE = {
  limits: { eventsPerSecond: NEVER, eventsBurst: NEVER, packetsPerSecond: NEVER, packetsBurst: NEVER },
  rules: { slotsDefault: 2 },
};
const fromTests = async (path) =>
  (await runnerImport(resolve(import.meta.dirname, '../../tests/support', path))).module;
const pause = (ms) => new Promise((next) => setTimeout(next, ms));

/** @returns how many there are */
async function fills(visitor, lien, withinMs) {
  const untilMs = Date.now() + withinMs;
  let written = 0;
  while (written < MESSAGES - 1 && Date.now() < untilMs) {
    const sides = [
      { page: visitor.page, words: 'vos', count: TURNS.visitor },
      { page: lien.page, words: 'lien', count: TURNS.counsellor },
    ];
    for (const { page, words, count } of sides) {
      const wish = { words, from: written + 1, count: Math.min(count, MESSAGES - 1 - written), untilMs };
      written += await page.evaluate(writes, wish);
    }
  }
  await visitor.says(LAST);
  await lien.page.getByRole('log').getByText(LAST).waitFor({ timeout: PATIENCE_MS });
  return written + 1;
}

/** From the navigation until the conversation stands. */
async function opens(page, open = async () => undefined) {
  await page.reload({ timeout: PATIENCE_MS });
  await open();
  await page.waitForFunction(() => globalThis.seen.lastMs !== null, null, { timeout: PATIENCE_MS });
  let before = -1;
  for (;;) {
    const { items } = await page.evaluate(() => globalThis.seen);
    if (items === before) break;
    before = items;
    await pause(QUIET_MS);
  }
  const seen = await page.evaluate(() => globalThis.seen);
  return { ...seen, openMs: Math.max(seen.lastMs, seen.grewMs) };
}

async function plays({ stageOf, counsellor, pupil }, app, browser, long) {
  const { stage } = stageOf(app, browser);
  const lien = await counsellor(stage);
  const visitor = await pupil(stage, { where: 'window' });
  for (const { context } of [lien, visitor]) await context.addInitScript(watch, LAST);
  await visitor.start({ nick: NICK });
  await lien.accepts();
  const messages = await fills(visitor, lien, long ? WRITE_MS.long : WRITE_MS.short);

  // after a reload she may have to say whom she goes on with
  const goesOn = async () => {
    const row = lien.page.getByRole('button', { name: new RegExp(`^${NICK}, `) });
    await lien.log.or(row).first().waitFor({ timeout: PATIENCE_MS });
    if (!(await lien.log.isVisible())) await row.click();
  };
  const found = [];
  for (let run = 0; run < (long ? RUNS.long : RUNS.short); run += 1) {
    const visitors = await opens(visitor.page);
    found.push({ visitor: visitors, desk: await opens(lien.page, goesOn) });
    process.stderr.write('.');
  }
  const other = await pupil(stage, { where: 'window' });
  await other.start({ nick: 'Das' });
  await lien.accepts();
  const back = [];
  for (let run = 0; run < RUNS.short; run += 1) {
    back.push(await lien.page.evaluate(switchesTo, { nick: NICK, last: LAST }));
    await lien.opens('Das');
    await pause(QUIET_MS / 2);
  }
  return { messages, found, back };
}

export async function consoleOpens({ long = false } = {}) {
  const [{ startApp }, { openBrowser }, stages, people] = await Promise.all(
    ['app.ts', 'chromium.ts', 'stage.ts', 'people.ts'].map(fromTests),
  );
  const before = loadNow();
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-bench-'));
  const file = join(folder, 'limits.json');
  writeFileSync(file, JSON.stringify(WIDE));
  const [app, browser] = [await startApp({ unscaled: true, env: { LIMITS_FILE: file } }), await openBrowser()];
  try {
    print(await plays({ ...stages, ...people }, app, browser, long), before);
  } finally {
    await browser.close();
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function print({ messages, found, back }, before) {
  const isPart = messages < MESSAGES;
  const why = isPart ? `no more than ${messages.toLocaleString('en')} messages were written in time` : '';
  const row = { goal: 'console', why, isPart };
  const of = (side, what) => median(found.map((one) => one[side][what]));
  const times = median(found.map(({ desk, visitor }) => desk.openMs / visitor.openMs));
  const early = median(found.map(({ desk }) => desk.composerMs / desk.openMs));
  report({
    part: 'console',
    rows: [
      {
        ...row,
        what: `${MESSAGES} messages after a reload, of the visitor’s page`,
        value: times,
        most: GOALS.times,
        unit: '×',
      },
      { ...row, what: 'longest task at the desk', value: of('desk', 'longestMs'), most: GOALS.taskMs, unit: ' ms' },
      {
        ...row,
        what: 'composer usable, of the time until the log stands',
        value: early,
        most: GOALS.composerPart,
        unit: '×',
      },
      { ...row, what: 'switching back', value: median(back), most: GOALS.switchMs, unit: ' ms' },
    ],
    more: [
      `Chromium, not pinned; medians of ${found.length}; load ${before} at the start.`,
      '',
      ...table(
        ['', 'log stands, ms', 'composer usable, ms', 'longest task, ms', 'items drawn'],
        ['visitor', 'desk'].map((side) => [
          side,
          ...['openMs', 'composerMs', 'longestMs', 'items'].map((what) => digits(of(side, what), 0)),
        ]),
      ),
    ],
    raw: { messages, found, back },
  });
}
