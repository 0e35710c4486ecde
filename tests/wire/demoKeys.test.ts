import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schoolPage, smartschoolPage } from '@clbchat/server/demo/hostPages.rules';
import { demoKeys } from '@clbchat/server/demo/keys';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pinsOfFragment } from '../../widget/src/steps/pins.ts';
import { MONDAY_18H_MS as nowMs } from '../support/clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clbchat-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('[N18] tag, link and frame name both roots, as the chat reads them', async () => {
  const { pins } = await demoKeys(folder, nowMs);
  expect(new Set(pins).size).toBe(2);
  const place = { chat: 'http://localhost:1', site: 'demo', pins };
  const school = schoolPage({ ...place, integrity: null });
  expect(/data-key="([^"]+)"/.exec(school)?.[1]).toBe(pins.join('.'));
  const fragments = [...smartschoolPage(place).matchAll(/(?:href|src)="[^"]+(#[^"]+)"/g)].map(([, hash = '']) => hash);
  expect(fragments.map(pinsOfFragment)).toEqual([pins, pins]);
});

test('[N18] a restart keeps them; a file of before there were two is made anew', async () => {
  const path = join(folder, 'keys.json');
  const { pins } = await demoKeys(folder, nowMs);
  expect((await demoKeys(folder, nowMs)).pins).toEqual(pins);
  const { reservePublic: _reserve, ...older } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify(older));
  const made = await demoKeys(folder, nowMs);
  expect(made.pins.some((pin) => pins.includes(pin))).toBe(false);
  expect((await demoKeys(folder, nowMs)).pins).toEqual(made.pins);
});
