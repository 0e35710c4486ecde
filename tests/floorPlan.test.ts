import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkOver, gateOver } from './support/gate.ts';

const sound = {
  'shared/src/ids.ts': 'export type VisitId = string;\n',
  'shared/src/crypto/seal.ts':
    "import type { VisitId } from '../ids.ts';\nexport const seal = (id: VisitId): string => id;\n",
  'server/src/kernel/clock.ts': 'export const now = (): number => Date.now();\n',
  'server/src/visit/visit.rules.ts':
    "import type { VisitId } from '@clbchat/shared/ids';\nexport const a = (id: VisitId) => id;\n",
  'server/src/queue/queue.store.ts': "import { a } from '../visit/visit.rules.ts';\nexport const b = a;\n",
  'widget/src/keep.ts': 'export const kept = () => sessionStorage.length;\n',
  'widget/src/frame/SmallBar.tsx': 'export const Bar = () => <p>any words</p>; // Date.now() in a comment is none\n',
};

test('a tree that keeps to the plan passes, and the gate says how much it looked at', () => {
  expect(gateOver('floorPlan', sound)).toEqual({ passed: true, said: expect.stringContaining('7 files, 3 imports') });
});

test('the program that runs the gates ends as they do, and says the same', () => {
  expect(checkOver('floorPlan', sound)).toEqual({
    passed: true,
    said: expect.stringMatching(/^ok .*7 files, 3 imports\n$/),
  });
  const wrong = checkOver('floorPlan', { ...sound, 'server/src/visit/extra.ts': 'export const c = 1;\n' });
  expect(wrong.said).toMatch(/^FAILED [^]* stands on no floor [^]*\nGates that failed: floorPlan\n$/);
  expect(wrong.passed).toBe(false);
});

test('a gate that found nothing to look at fails', () => {
  expect(gateOver('floorPlan', { 'README.md': '' })).toEqual({
    passed: false,
    said: expect.stringContaining('looked at nothing'),
  });
});

test.each([
  ['a file without a floor', 'server/src/visit/extra.ts', 'export const c = 1;', 'stands on no floor'],
  ['a name that tells nothing', 'widget/src/frame/helpers.tsx', 'export const c = 1;', 'does not say what is inside'],
  [
    'the server knows the crypto',
    'server/src/queue/queue.rules.ts',
    "import { seal } from '@clbchat/shared/crypto/seal';\nexport const c = seal;",
    'floor "rules" may not know floor "crypto"',
  ],
  [
    'also when only a type is wanted',
    'server/src/edge/io.ts',
    "export type C = typeof import('@clbchat/shared/crypto/seal');",
    'floor "edge" may not know floor "crypto"',
  ],
  [
    'a lower floor knows a higher one',
    'server/src/visit/visit.store.ts',
    "import '../queue/queue.socket.ts';",
    'server/src/queue/queue.socket.ts is not there',
  ],
  [
    'a slice knows a slice that it may not know',
    'server/src/visit/visit.store.ts',
    "import { b } from '../queue/queue.store.ts';\nexport const c = b;",
    'slice "visit" may not know slice "queue"',
  ],
  [
    'one application knows another',
    'widget/src/chat/talk.ts',
    "import { a } from '../../../server/src/visit/visit.rules.ts';\nexport const c = a;",
    'widget may not know server',
  ],
  [
    'a package on a floor that has no use for it',
    'server/src/edge/io.ts',
    "import 'ioredis';",
    'may not use the package',
  ],
  ['a barrel', 'shared/src/protocol/all.ts', "export * from '../ids.ts';", 'a barrel'],
  [
    'a circle of types',
    'shared/src/ids.ts',
    "import type { Limits } from './limits.ts';\nexport type VisitId = Limits;",
    'circle of imports: shared/src/ids.ts → shared/src/limits.ts → shared/src/ids.ts',
  ],
  [
    'the time of day',
    'server/src/edge/io.ts',
    'export const c = new Date();',
    'new Date() may stand in server/src/kernel/clock.ts only',
  ],
  [
    'settings',
    'server/src/edge/io.ts',
    "export const c = process.env['PORT'];",
    'process.env may stand in server/src/environment.ts only',
  ],
  ['a log', 'server/src/edge/io.ts', "import pino from 'pino';\nexport const c = pino;", 'pino may stand'],
  ["the browser's storage", 'widget/src/chat/talk.ts', 'export const c = localStorage;', 'localStorage may stand'],
  ['any', 'shared/src/problem.ts', 'export const c: any = 1;', 'any may stand nowhere'],
  ['types switched off', 'shared/src/problem.ts', '// @ts-ignore\nexport const c = 1;', 'types are switched off'],
  [
    'markup from text',
    'widget/src/chat/Text.tsx',
    'export const C = (e: Element, t: string) => { e.innerHTML = t; };',
    'markup from text',
  ],
])('found: %s', (_, path, text, sentence) => {
  const limits = {
    'shared/src/limits.ts': "import type { VisitId } from './ids.ts';\nexport type Limits = VisitId;\n",
  };
  const { passed, said } = gateOver('floorPlan', { ...sound, ...limits, [path]: `${text}\n` });
  expect(said).toContain(sentence);
  expect(passed).toBe(false);
});

test('found: a file over 300 lines, unless it says why', () => {
  const long = 'export {};\n'.repeat(301);
  expect(gateOver('fileSizes', { 'shared/src/l.ts': long }).said).toContain('shared/src/l.ts: 301 lines');
  const excused = gateOver('fileSizes', { 'shared/src/l.ts': `// over 300 lines because it is a table\n${long}` });
  expect(excused).toEqual({ passed: true, said: expect.stringContaining('1 files, longest 302') });
});

/** so many lines, from the brace to the brace */
const body = (lines: number) => `{\n${'  f();\n'.repeat(lines - 2)}}`;
test.each([
  ['a declaration', (lines: number) => `export function f() ${body(lines)}\n`, 'ts'],
  ['an arrow', (lines: number) => `export const f = () => ${body(lines)};\n`, 'ts'],
  ['a method', (lines: number) => `export const o = {\n  m() ${body(lines)},\n};\n`, 'ts'],
  ['one inside another', (lines: number) => `f(() => {\n  g(() => ${body(lines - 2)});\n});\n`, 'ts'],
  ['a component', (lines: number) => `export const C = () => (\n${'  // x\n'.repeat(lines - 2)}<p />);\n`, 'tsx'],
] as const)('found: a function over 80 lines, %s', (_, source, ending) => {
  const gate = (text: string) => gateOver('fileSizes', { [`widget/src/ui/f.${ending}`]: text });
  expect(gate(source(80)).passed).toBe(true);
  const { passed, said } = gate(source(81));
  expect(said).toMatch(/widget\/src\/ui\/f\.tsx?:\d: a function of 81 lines, more than 80/);
  expect(passed).toBe(false);
});

test('a function over 80 lines may say why, on the line above it and nowhere else', () => {
  const why = '// over 80 lines because it is a table of cases\n';
  const long = `export function f() ${body(90)}\n`;
  const gate = (text: string) => gateOver('fileSizes', { 'shared/src/f.ts': text }).passed;
  expect(gate(`${why}${long}`)).toBe(true);
  expect(gate(`${why}\n${long}`)).toBe(false);
  expect(gate(`// over 80 lines\n${long}`)).toBe(false);
  expect(gate(`${why}${long}export function g() ${body(81)}\n`)).toBe(false);
});

test('found: a long function of a script', () => {
  const files = { 'shared/src/f.ts': 'export {};\n', 'scripts/checks/f.mjs': `export const f = () => ${body(81)};\n` };
  expect(gateOver('fileSizes', files).said).toContain('scripts/checks/f.mjs:1: a function of 81 lines');
});

test('found: an address, a missing hash, a missing package, one that no image has and a foreign Node in the lockfile', () => {
  const lock = (entry: object, path = 'node_modules/a') => ({
    'package-lock.json': JSON.stringify({ packages: { [path]: entry } }),
  });
  const good = { version: '1.0.0', integrity: 'sha512-x', engines: { node: '>=18' } };
  expect(gateOver('lockfile', lock(good))).toEqual({ passed: true, said: expect.stringContaining('1 packages') });
  expect(gateOver('lockfile', lock({ ...good, resolved: 'https://example.org/a.tgz' })).said).toContain(
    'has an address',
  );
  expect(gateOver('lockfile', lock({ ...good, integrity: undefined })).said).toContain('has no hash');
  expect(gateOver('lockfile', lock(good, 'shared/node_modules/a')).said).toContain('does not lie at the top');
  expect(gateOver('lockfile', lock({ ...good, optionalDependencies: { b: '1' } })).said).toContain('needs b');
  expect(gateOver('lockfile', lock(good, 'node_modules/engine.io/node_modules/ws')).said).toContain('a second copy');
  expect(gateOver('lockfile', lock({ ...good, engines: { node: '>=22' } })).said).toContain('so not 20.19.0');
});

test('found: a loader or first screen over budget, a page without its script, rare pages that are missing or come for everybody', () => {
  const noise = (bytes: number) =>
    Array.from({ length: bytes }, (_, n) => String.fromCharCode(33 + (((n * n * 7919) ^ (n >> 3)) % 90))).join('');
  const page = { 'widget/dist/index.html': '<script type="module" src="./assets/main-1.js"></script>' };
  const rare = { 'widget/dist/assets/rare-12345678.js': 'export const rare = 1;' };
  const consoles = {
    'console/dist/index.html': '<script type="module" src="/console/assets/main-2.js"></script>',
    'console/dist/assets/main-2.js': 'import{a}from"./part-3.js";a();import("./page-4.js")',
    'console/dist/assets/part-3.js': 'export const a = 1',
    'console/dist/assets/page-4.js': noise(400_000),
  };
  const bare = { ...page, ...consoles, 'widget/dist/loader.js': 'go()', 'widget/dist/assets/main-1.js': 'start()' };
  const fine = { ...bare, ...rare };
  expect(gateOver('size', fine)).toEqual({ passed: true, said: expect.stringContaining('loader 0.0 kB of 5.0 kB') });
  expect(gateOver('size', page).said).toContain('index.html names assets/main-1.js, which is not in widget/dist');
  expect(gateOver('size', bare).said).toContain('not one chunk each: rare');
  const sneaked = { ...fine, 'widget/dist/assets/main-1.js': 'import{rare}from"./rare-12345678.js";rare()' };
  expect(gateOver('size', sneaked).said).toContain('is rarely wanted');
  const heavy = gateOver('size', {
    ...fine,
    'widget/dist/loader.js': noise(9_000),
    'widget/dist/assets/main-1.js': noise(200_000),
  });
  expect(heavy.said).toContain('loader: ');
  expect(heavy.said).toContain('firstScreen: ');
  expect(heavy.said).toContain('everything: ');
  const slow = gateOver('size', { ...fine, 'console/dist/assets/part-3.js': noise(400_000) });
  expect(slow.said).toContain('consoleFirstLoad: ');
  const { 'console/dist/index.html': _none, ...without } = fine;
  expect(gateOver('size', without).said).toContain('console/dist/index.html is missing');
});

test('found: a setting, a limit and a rule that nothing reads where the program runs', () => {
  const fine = {
    'server/src/kernel/needs.ts': 'export interface Rules { ringMs: number; slotsMax: number; keepMs: number }\n',
    'server/src/centre/bounds.rules.ts':
      'export const bounds = { ringMs: [1, 2], slotsMax: [1, 3], keepMs: [1, 2] };\n',
    'server/src/centre/centre.rules.ts': "import { bounds } from './bounds.rules.ts';\nvoid bounds.ringMs;\n",
    'shared/src/agreed.ts': 'export const agreed = { charsMax: 1 } as const;\n',
    'shared/src/limits.ts':
      "import { agreed } from './agreed.ts';\nexport const limits = { ...agreed, tickMs: 1 } as const;\nexport type Limits = typeof limits;\n",
    'server/src/queue/queue.rules.ts': 'export const tooLong = (ms: number) => ms > 1;\n',
    'server/src/queue/queue.model.ts':
      "import { tooLong } from './queue.rules.ts';\nexport const full = (needs: { rules: Rules }, { tickMs }: Limits) => tooLong(needs.rules.ringMs + tickMs);\nconst { slotsMax } = centre().rules;\n",
    'server/src/queue/join.lua': 'return cfg.keepMs + cfg.charsMax\n',
  };
  expect(gateOver('readers', fine)).toEqual({
    passed: true,
    said: expect.stringContaining('7 settings, limits and rules'),
  });
  const found = (path: keyof typeof fine, from: string, to: string) =>
    gateOver('readers', { ...fine, [path]: fine[path].replace(from, to) }).said;
  expect(found('server/src/queue/join.lua', 'cfg.keepMs', '1')).toContain('nothing reads the setting keepMs');
  expect(found('server/src/queue/queue.model.ts', '{ slotsMax } = centre()', '{ slots } = centre()')).toContain(
    'needs.ts:1: nothing reads the setting slotsMax',
  );
  expect(
    found('server/src/queue/queue.model.ts', 'needs.rules', 'needs.others'),
    'a name alone is no reader',
  ).toContain('nothing reads the setting ringMs');
  expect(found('server/src/queue/queue.model.ts', '{ tickMs }: Limits', 'tickMs: number')).toContain(
    'limits.ts:2: nothing reads the limit tickMs',
  );
  expect(found('server/src/queue/join.lua', 'cfg.charsMax', '1')).toContain('nothing reads the limit charsMax');
  const unread =
    "import './queue.rules.ts';\nexport const tooLong = 1;\nvoid [rules.ringMs, rules.slotsMax, limits.tickMs];\n";
  const { said } = gateOver('readers', { ...fine, 'server/src/queue/queue.model.ts': unread });
  expect(said).toContain('queue.rules.ts:1: nothing calls the rule tooLong');
  expect(said).not.toContain('nothing reads');
});

test('found: an export of the service that only tests use', () => {
  const own = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  const tree = {
    'package.json': '{ "name": "t", "type": "module", "workspaces": ["server"] }\n',
    'server/package.json': '{ "name": "@t/server", "type": "module", "exports": { "./*": "./src/*.ts" } }\n',
    'knip.json': own('knip.json'),
    'knip.running.json': own('knip.running.json'),
    'tests/visit.test.ts': "import { left } from '@t/server/visit';\nleft();\n",
    'server/src/visit.ts': 'export const used = () => 1;\nexport const left = () => 2;\n',
    'server/src/main.ts': "import { used } from './visit.ts';\nused();\n",
  };
  const { passed, said } = gateOver('deadCode', tree);
  expect(said).toMatch(/without the tests: left .*server\/src\/visit\.ts/);
  expect(said).not.toContain('without the tests: used');
  expect(passed).toBe(false);
});

test('found: a pattern without its bound, with a bound that is nowhere, and one that is not linear', () => {
  const file = (line: string) => ({
    'server/src/kernel/a.ts': `const TEXT_CHARS_MAX = 8;\nexport const a = (text: string) => text.length <= TEXT_CHARS_MAX && ${line}\n`,
  });
  expect(gateOver('patterns', file('/^a+$/.test(text); // at most TEXT_CHARS_MAX'))).toEqual({
    passed: true,
    said: expect.stringContaining('1 patterns'),
  });
  expect(gateOver('patterns', file('/^a+$/.test(text);')).said).toContain('does not say which bound');
  expect(gateOver('patterns', file('/(?<!b)a$/.test(text); // at most TEXT_CHARS_MAX')).said).toContain('looks behind');
  expect(gateOver('patterns', file('/^a+$/v.test(text); // at most TEXT_CHARS_MAX')).said).toContain('the flag v');
  expect(gateOver('patterns', file('/^a+$/.test(text); // at most OTHER_CHARS_MAX')).said).toContain(
    'there is no bound',
  );
  const slow = '/^(?:a+)+$/.test(text); // at most TEXT_CHARS_MAX';
  expect(gateOver('patterns', file(slow)).said).toContain('is not judged linear');
  expect(gateOver('patterns', file(`${slow}; linear enough: eight letters`)).passed).toBe(true);
});
