import { Bug, Problem } from '@clbchat/server/kernel/failure';
import { openLog, type Facts } from '@clbchat/server/kernel/log';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { fakeClock } from './support/clock.ts';

const SECRET = 'mijn papa slaat mij';

function listen() {
  const lines: string[] = [];
  const to = { write: (line: string) => void lines.push(line) };
  const clock = fakeClock(Date.UTC(2026, 10, 23, 17, 42, 31, 987));
  return { lines, to, clock, log: openLog({ clock, level: 'info', to }) };
}

/** As ioredis rejects a command: the arguments stand on the error. */
function failedCommand() {
  const error = new Error(`ERR unknown command 'HSEX', with args beginning with: '${SECRET}'`);
  return Object.assign(error, { name: 'ReplyError', command: { name: 'hsex', args: [SECRET] } });
}

function jsonError(text: string) {
  try {
    return JSON.parse(text) as never;
  } catch (error) {
    return error;
  }
}

describe('the log', () => {
  test('[P8] a line holds its sentence, facts of the list and the minute, and nothing of the machine', () => {
    const { lines, log } = listen();
    log.warn('refused', { event: 'visit:join', code: 'closed', count: 3, tookMs: 12 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        lvl: 'warn',
        t: '2026-11-23T17:42Z',
        event: 'visit:join',
        code: 'closed',
        count: 3,
        tookMs: 12,
        says: 'refused',
      },
    ]);
  });

  test('[P8] a fact that is not on the list is dropped, whatever a caller without types hands over', () => {
    const { lines, log } = listen();
    const facts = { event: 'queue:here', visitId: SECRET, ip: SECRET, headers: { cookie: SECRET } } as Facts;
    log.info('seen', facts);
    log.info('seen', { event: SECRET, code: SECRET, count: SECRET, tookMs: SECRET } as unknown as Facts);
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain(SECRET);
  });

  test('[P9] a failed Redis command shows its place and the first word of the answer, never its arguments', () => {
    const { lines, to, log } = listen();
    pino({}, to).error({ err: failedCommand() }, 'what pino alone would write');
    expect(lines.pop()).toContain(SECRET); // the leak is real

    log.error('a command failed', { err: failedCommand() });
    expect(lines.join()).not.toContain(SECRET);
    expect(lines.join()).toMatch(/ReplyError\\nERR\\nat .*log\.test\.ts:\d+:\d+/);
  });

  test('[P9] what was not JSON is not quoted, not even where it looks like a line of a stack', () => {
    const { lines, to, log } = listen();
    pino({}, to).error({ err: jsonError(SECRET) }, 'what pino alone would write');
    expect(lines.pop()).toContain(SECRET.slice(0, 8));

    log.error('not read', { err: jsonError(SECRET) });
    log.error('not read', { err: new Error(`x\n    at ${SECRET} (file.js:1:1)\n    at more`) });
    log.error('not read', { err: new Error('outer', { cause: new Error(SECRET, { cause: failedCommand() }) }) });
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toContain(SECRET);
    expect(lines.join()).not.toContain(SECRET.slice(0, 8));
    expect(lines[0]).toContain('SyntaxError');
    expect(lines[2]).toContain('because of ReplyError');
  });

  test('[P9] an error whose name, code or message was changed after it was thrown tells nothing of it', () => {
    const { lines, log } = listen();
    const error = new Error('short');
    Object.assign(error, { name: SECRET, message: SECRET, code: SECRET, path: SECRET });
    log.error('odd', { err: error });
    log.error('odd', { err: SECRET });
    const quoting = new Error(`x\n    at ${SECRET} (file.js:1:1)`);
    expect(quoting.stack).toContain(SECRET);
    quoting.message = 'another';
    log.error('odd', { err: quoting });
    expect(lines.join()).not.toContain(SECRET);
  });

  test('[P9] the words of a Bug are ours and stay; a system error keeps its constant', () => {
    const { lines, log } = listen();
    log.error('broken', { err: new Bug('the queue and the visits disagree') });
    log.error('no store', { err: Object.assign(new Error('connect 10.1.2.3:6379'), { code: 'ECONNREFUSED' }) });
    expect(lines[0]).toContain('Bug: the queue and the visits disagree');
    expect(lines[1]).toContain('ECONNREFUSED');
    expect(lines[1]).not.toContain('10.1.2.3');
  });

  test('[P8] there is no child to bind facts to', () => {
    expect(Object.keys(listen().log).sort()).toEqual(['error', 'info', 'warn']);
  });

  test('[P9] a refusal carries its code and nothing else', () => {
    const problem = new Problem('closed');
    expect([problem.code, problem.message]).toEqual(['closed', 'closed']);
  });
});
