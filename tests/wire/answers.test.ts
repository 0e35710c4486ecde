import { answersOf } from '@clbchat/server/centre/answers.store';
import { openAnswers } from '@clbchat/server/demo/answers';
import { readEntry } from '@clbchat/server/records/audit.rules';
import { memoryRecords } from '@clbchat/server/records/records.model';
import {
  ANSWER_NAME_CHARS_MAX,
  ANSWER_TEXT_CHARS_MAX,
  ANSWERS_CHARS_MAX,
  ANSWERS_MAX,
  type Answer,
} from '@clbchat/shared/answers';
import { limits } from '@clbchat/shared/limits';
import { afterEach, describe, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { signIn, type Who } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService | null = null;
afterEach(async () => {
  await service?.stop();
  service = null;
});

const PATH = '/api/centre/answers';
const DAG: Answer = { name: 'dag', text: 'Dag {schuilnaam}! Ik ben {naam}.', folder: 'start', for: 'all' };

async function opened(who: Who = 'noor') {
  service ??= await startService();
  const here = service;
  const { cookie } = await signIn(here, who);
  const headers = { ...fromOurPage(here), cookie };
  const said = ({ body, status }: { body: string; status: number }) => ({
    status,
    body: JSON.parse(body) as { rev: number; answers: Answer[]; problems?: { path: string }[] },
  });
  return {
    read: async () => said(await request(here, 'GET', PATH, { headers })),
    put: async (rev: number, answers: unknown) =>
      said(await request(here, 'PUT', PATH, { headers, body: JSON.stringify({ rev, answers }) })),
    log: async () => (await here.records.audit()).entries.map(readEntry),
  };
}

describe('canned answers', () => {
  test('[S10 S11] a coordinator saves them, whoever works here reads them, and the log has the act without a word', async () => {
    const { read, put, log } = await opened();
    expect((await read()).body).toEqual({ rev: 0, answers: [] });
    const saved = await put(0, [DAG]);
    expect(saved).toMatchObject({ status: 200, body: { answers: [DAG] } });
    expect(saved.body.rev).toBeGreaterThan(0);
    expect((await (await opened('lien')).read()).body).toEqual(saved.body);
    const acts = (await log()).filter((entry) => entry?.act === 'answers_changed');
    expect(acts).toMatchObject([{ by: 'noor', about: 'all' }]);
    expect(JSON.stringify(await log())).not.toContain('schuilnaam');
  });

  test('[S10] who saw older ones is told what stands and whose it is, and nothing is written', async () => {
    const { read, put, log } = await opened();
    const first = await put(0, [DAG]);
    const second = await put(0, []);
    expect(second).toMatchObject({ status: 409, body: { code: 'stale', by: 'Noor', now: first.body } });
    expect((await read()).body).toEqual(first.body);
    expect((await log()).filter((entry) => entry?.act === 'answers_changed')).toHaveLength(1);
    expect((await put(first.body.rev, [])).body.answers).toEqual([]);
  });

  test('[S10] of two who save at the same moment one is told', async () => {
    const { put } = await opened();
    const both = await Promise.all([put(0, [DAG]), put(0, [{ ...DAG, name: 'hallo' }])]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  const long = (chars: number) => 'a'.repeat(chars);
  test.each<[string, string, unknown[]]>([
    ['a name that is empty', 'answers.0.name', [{ ...DAG, name: '' }]],
    ['a name with a space', 'answers.0.name', [{ ...DAG, name: 'dag jij' }]],
    ['a name in capitals', 'answers.0.name', [{ ...DAG, name: 'Dag' }]],
    ['a name that is too long', 'answers.0.name', [{ ...DAG, name: long(ANSWER_NAME_CHARS_MAX + 1) }]],
    ['a name that another one has', 'answers.1.name', [DAG, { ...DAG, text: 'Hallo!' }]],
    ['a text of nothing', 'answers.0.text', [{ ...DAG, text: ' \n ' }]],
    ['a text that is too long', 'answers.0.text', [{ ...DAG, text: long(ANSWER_TEXT_CHARS_MAX + 1) }]],
    ['a text that turns around what follows', 'answers.0.text', [{ ...DAG, text: 'Dag \u202E jij' }]],
    ['a text with a control character', 'answers.0.text', [{ ...DAG, text: 'Dag\u0007' }]],
    ['a text with half a character', 'answers.0.text', [{ ...DAG, text: 'Dag \ud83d' }]],
    ['a moment that is none', 'answers.0.folder', [{ ...DAG, folder: 'later' }]],
    ['somebody else', 'answers.0.for', [{ ...DAG, for: 'teacher' }]],
    ['a field too many', 'answers.0.html', [{ ...DAG, html: '<b>' }]],
    ['no answer', 'answers.1', [DAG, 'Dag!']],
    ['too many', 'answers', Array.from({ length: ANSWERS_MAX + 1 }, (_, at) => ({ ...DAG, name: `dag${at}` }))],
    [
      'too much of all together',
      'answers',
      Array.from({ length: 61 }, (_, at) => ({ ...DAG, name: `dag${at}`, text: long(ANSWER_TEXT_CHARS_MAX) })),
    ],
  ])('[S9] %s is refused at %s, and nothing is written', async (_says, path, wanted) => {
    const { read, put } = await opened();
    const { status, body } = await put(0, wanted);
    expect([status, body.problems?.map((one) => one.path)]).toEqual([422, [path]]);
    expect((await read()).body.rev).toBe(0);
  });

  test('[S9] all that is wrong is told at once; what is just within the bounds stands as it was written', async () => {
    const { put, read } = await opened();
    const wrong = await put(0, [
      { ...DAG, name: '', text: '' },
      { ...DAG, for: 'x' },
    ]);
    expect(wrong.body.problems?.map((one) => one.path)).toEqual(['answers.0.name', 'answers.0.text', 'answers.1.for']);
    const widest = [
      { ...DAG, name: long(ANSWER_NAME_CHARS_MAX), text: 'é'.repeat(ANSWER_TEXT_CHARS_MAX) },
      { ...DAG, name: 'één-2', text: 'Eerst.\n\n<b>Dan</b> 👩‍👧.' },
    ];
    expect((await put(0, widest)).status).toBe(200);
    expect((await read()).body.answers).toEqual(widest);
  });

  test('[S9] the largest that may stand fits into one request', () => {
    const utf8BytesPerUnitMax = 3;
    expect(ANSWERS_CHARS_MAX * utf8BytesPerUnitMax + 100).toBeLessThan(limits.settingsBytesMax);
    expect(ANSWER_TEXT_CHARS_MAX).toBeLessThan(limits.textUnitsMax);
  });
});

test('[S12] the demonstration has a dozen, and what somebody saved stays when it starts again', async () => {
  const clock = fakeClock();
  const store = answersOf(memoryRecords(clock), clock.nowMs);
  await openAnswers(store);
  const first = await store.get();
  expect(first.answers).toHaveLength(12);
  await openAnswers(store);
  expect(await store.get()).toEqual(first);
  await store.put([], first.rev, 'noor');
  await openAnswers(store);
  expect((await store.get()).answers).toEqual([]);
});
