import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { defaultRules } from '@clbchat/server/centre/bounds.rules';
import { Bug } from '@clbchat/server/kernel/failure';
import { readLua, withNumbers } from '@clbchat/server/redis/lua';
import { limits } from '@clbchat/shared/limits';
import { expect, test } from 'vitest';

const server = fileURLToPath(new URL('../server/src/', import.meta.url));
const commands = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.lua') && readFileSync(`${server}${path}`, 'utf8').startsWith('#!lua'),
);
const textOf = (path: string) => readLua(pathToFileURL(`${server}${path}`));

test('there are commands to look at', () => expect(commands.length).toBeGreaterThan(30));

test.each(commands)('%s makes no function that it does not call, and its numbers stand in it', (path) => {
  const text = textOf(path);
  const [head, ...rest] = text.split('\n');
  expect(head).toBe(readFileSync(`${server}${path}`, 'utf8').split('\n')[0]);
  for (const [, name] of rest.join('\n').matchAll(/^local function (\w+)/gm)) {
    expect([...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length, name).toBeGreaterThan(1);
  }
  expect(withNumbers(text, { ...limits, ...defaultRules, checksClock: true })).not.toMatch(/\bcfg\b|@include/);
});

test('a command asks for a number that there is, or the service does not run it', () => {
  expect(withNumbers("if cfg.on and cfg.n > 1 and cfg.is == 'a' then", { on: true, n: 2, is: 'a' })).toBe(
    `if true and 2 > 1 and "a" == 'a' then`,
  );
  expect(() => withNumbers('return cfg.none', { other: 1 })).toThrow(Bug);
});
