import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { brokenAt, readEntry } from '@clbchat/server/records/audit.rules';
import { openRecords } from '@clbchat/server/records/open.redis';
import type { Row } from '@clbchat/server/records/records.store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import { lookAt, TAG } from './world.ts';
import { WRITERS, type Line, type Step } from './writer.ts';

let server: TestRedis;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  server = await startRedis(AS_RECORDS);
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await server.stop();
});

const writer = fileURLToPath(new URL('writer.ts', import.meta.url));
const conditions = ['@clbchat/source'];
const inline = { resolve: { conditions, noExternal: ['@clbchat/server', '@clbchat/shared'] } };
const config = { logLevel: 'error', environments: { inline } };
/** It is TypeScript, which Node 20 does not read by itself. */
const program = `
  import { runnerImport } from 'vite';
  const { module } = await runnerImport(${JSON.stringify(writer)}, ${JSON.stringify(config)});
  await module.writeUntilKilled(...process.argv.slice(1));
`;

/** Without what a killed process had said half of. */
async function* wholeLines(from: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of from) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** A program of its own that writes and writes. @returns all that it printed until both were killed */
async function killedAfter(confirmed: number, round: number): Promise<Line[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, '--', server.url, TAG, String(round)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let trouble = '';
  child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
  const lines: Line[] = [];
  const admin = lookAt(server);
  admin.on('error', () => undefined); // it goes with the server
  let answers = 0;
  let killed: Promise<unknown> | undefined;
  for await (const text of wholeLines(child.stdout)) {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    if (!('answered' in line)) continue;
    answers += 1;
    // every other time in the middle of writing the log anew, and every other time the program first
    if (answers === confirmed - 3 && round % 2 === 1) await admin.bgrewriteaof();
    if (answers !== confirmed) continue;
    if (round % 4 < 2) child.kill('SIGKILL');
    killed = server.kill();
    child.kill('SIGKILL');
  }
  admin.disconnect();
  if (!killed) throw new Error(`it ended by itself after ${answers} answers: ${trouble}`);
  await killed;
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  running.delete(child);
  return lines;
}

/** What the records must hold, as far as they were told. */
class Told {
  readonly rows = new Map<string, { text: string; rev: number }>();
  readonly entries = new Map<string, number>();
  rev = 0;
  /** asked and not answered when both were killed: whole or absent, and nobody knows which */
  open: Step[] = [];

  hear(lines: readonly Line[]): void {
    const asked = new Map<string, Step>();
    for (const line of lines) {
      if ('asks' in line) asked.set(line.asks.name, line.asks);
      else {
        this.apply(asked.get(line.answered)!, line.rev);
        asked.delete(line.answered);
      }
    }
    this.open = [...asked.values()];
  }
  apply(step: Step, rev: number): void {
    for (const [id, text] of Object.entries(step.rows)) {
      if (text === null) this.rows.delete(id);
      else this.rows.set(id, { text, rev });
    }
    if (step.entry) this.entries.set(step.name, rev);
    this.rev = Math.max(this.rev, rev);
  }
}

/** The rev with which a step stands there after all. */
const revOf = (step: Step, stored: readonly Row[]): number | null =>
  stored.find(({ id, text }) => step.rows[id] === text)?.rev ?? null;

/** After how many confirmed steps of a round both are killed: from 5 to 154. */
const places = Array.from({ length: 6 }, (_, round) => 5 + ((round * 7_919 + 61) % 150));

test('[A9] what was confirmed is there after server and Redis were killed, and no step is there by half', async () => {
  const told = new Told();
  let open = 0;
  for (const [round, place] of places.entries()) {
    told.hear(await killedAfter(place, round));
    const before = told.rev;
    await server.restart();
    const redis = lookAt(server);
    const records = await openRecords({ redis, tag: TAG, clock: fakeClock() });
    const { rows, log } = await records.dump();

    open += told.open.length;
    for (const step of told.open) {
      const rev = revOf(step, rows);
      if (rev === null) continue;
      expect([...told.rows.values()].map((row) => row.rev)).not.toContain(rev);
      told.apply(step, rev); // unheard, and there: then it is there whole
    }
    const stored = new Map(rows.map(({ id, text, rev }) => [id, { text, rev }]));
    expect(stored, `round ${round}`).toEqual(told.rows);
    expect(brokenAt(log), 'the chain').toBeNull();
    const inOrder = [...told.entries].toSorted(([, one], [, other]) => one - other).map(([name]) => name);
    expect(log.entries.map((text) => readEntry(text)!.about)).toEqual(inOrder);

    const next = await records.write([{ kind: 'settings', id: `round-${round}`, rev: 0, text: '{}' }], null);
    if (next.is !== 'written') throw new Error(next.is);
    expect(next.rev).toBeGreaterThan(Math.max(before, told.rev));
    await records.write([{ kind: 'settings', id: `round-${round}`, rev: next.rev, text: null }], null);
    redis.disconnect();
  }
  expect(told.entries.size).toBeGreaterThan(100);
  expect([...WRITERS].every((name) => [...told.rows.keys()].some((id) => id.startsWith(name)))).toBe(true);
  expect(open, 'steps in whose middle both were killed').toBeGreaterThan(0);
});
