import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { expect, test } from 'vitest';

/** What was last built (`npm test` builds first). */
const built = () => readFileSync(join(import.meta.dirname, '../widget/dist/loader.js'), 'utf8');

test('[W50] the loader as it is served reads as ES2017, its patterns included, and stands in no other script’s way', () => {
  const { body } = parse(built(), { ecmaVersion: 2017, sourceType: 'script' });
  // one expression: no name of ours is a name of the page
  expect(body.map(({ type }) => type)).toEqual(['ExpressionStatement']);
});

test.each(['a?.b', 'a ?? b', '({ ...a })', 'try {} catch {}', '/(?<=a)b/', '/a/v', 'for await (const a of b);'])(
  '[W50] what came later (%s) would be found',
  (later) => {
    expect(() => parse(`async () => { ${later} }`, { ecmaVersion: 2017, sourceType: 'script' })).toThrow(SyntaxError);
  },
);
