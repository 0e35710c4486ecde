import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const ITALICS = /\*(?<said>[^*\n|]{2,160})\*/g; // of our own documents

/** All that the programs say, with each space as one. */
const said = ['console/src', 'widget/src', 'shared/src', 'server/src']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => `${folder}/${String(name)}`))
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => textOf(path).replaceAll(/\s+/g, ' '))
  .join('\n');
/** Where a name stands in it, the document writes three dots. */
const isSaid = (quoted: string) => quoted.split('…').every((part) => said.includes(part.trim()));

/** What a document puts in italics, without its programs, which mean nothing by a star. */
function quotedIn(text: string): string[] {
  const plain = text
    .replaceAll(/```[^]*?```/g, '')
    .replaceAll(/`[^`\n]*`/g, '')
    .replaceAll('**', '');
  return [...plain.matchAll(ITALICS)].map(({ groups }) => groups?.['said'] ?? '');
}

test('[U59] what a document quotes is a text of the screens, or a heading', () => {
  const documents = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const headings = documents.flatMap((name) =>
    [...textOf(`docs/${name}`).matchAll(/^(?:#+ |\*\*)(.+?)(?:\.?\*\*.*)?$/gm)].map(([, title]) => title),
  );
  const quoted = documents.flatMap((name) => quotedIn(textOf(`docs/${name}`)).map((text) => ({ name, text })));
  expect(quoted.length).toBeGreaterThanOrEqual(50);
  expect(quoted.filter(({ text }) => !isSaid(text) && !headings.includes(text))).toEqual([]);
});
