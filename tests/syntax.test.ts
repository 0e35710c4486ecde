import { describe, expect, test } from 'vitest';
import { gateOver } from './support/gate.ts';

const over = (script: string, readme = 'its scripts are read as ES2022') =>
  gateOver('syntax', { 'README.md': readme, 'widget/dist/assets/visit-1.js': script });

describe('[B34] what the browsers that README names can read', () => {
  test('passes: fields, optional chaining, looking ahead, a name in an expression', () => {
    expect(over('class A { #a = 1; static { this.b = 2 } }; const c = a?.b ?? /(?<n>x)(?!y)/u;').passed).toBe(true);
  });

  test.each([
    ['looking behind', 'const a = /(?<!x)y/;'],
    ['looking behind for what is there', 'const a = /(?<=x)y/u;'],
    ['looking behind in a text', "const a = new RegExp('(?<!x)y');"],
    ['the flag v', 'const a = /[\\p{L}--[a-z]]/v;'],
    ['a newer language', 'using a = b();'],
    ['no script at all', 'const a = ;'],
  ])('%s is refused', (_, script) => {
    expect(over(script).passed).toBe(false);
  });

  test('and so is a README that names no year', () => {
    expect(over('const a = 1;', 'every browser').passed).toBe(false);
  });
});
