import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';

/** Newer than some browsers that README names, and older than the year of the language that has them: one is a file that nobody reads. */
const LOOKBEHIND = /\(\?<[=!]/;
const PROMISED = /\bES(20\d\d)\b/;

/** Every script of the chat can be read by the browsers that README promises: at that year of the language, and without two things of expressions. */
export function syntax(root) {
  const readme = existsSync(join(root, 'README.md')) ? readFileSync(join(root, 'README.md'), 'utf8') : '';
  const year = Number(PROMISED.exec(readme)?.[1]);
  if (!year) return { looked: 'README.md', count: 0, problems: ['README.md names no year of the language (ES2022)'] };

  const folder = join(root, 'widget/dist/assets');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.js')) : [];
  const problems = names.flatMap((name) => problemsOf(name, readFileSync(join(folder, name), 'utf8'), year));
  return { looked: `${names.length} scripts as ES${year}`, count: names.length, problems };
}

function problemsOf(name, text, year) {
  const problems = [];
  const where = ({ loc }) => `${name}:${loc.start.line}:${loc.start.column}`;
  const onToken = (token) => {
    if (token.type.label === 'regexp') {
      const { pattern, flags } = token.value;
      if (LOOKBEHIND.test(pattern)) problems.push(`${where(token)}: /${pattern}/ looks behind`);
      if (flags.includes('v')) problems.push(`${where(token)}: /${pattern}/ has the flag v`);
    }
    // one that is made of a text is found out only when it runs
    if (['string', 'template'].includes(token.type.label) && LOOKBEHIND.test(token.value))
      problems.push(`${where(token)}: "${token.value}" looks behind`);
  };
  try {
    parse(text, { ecmaVersion: year, sourceType: 'module', locations: true, onToken });
  } catch (error) {
    problems.push(`${name}: ${error.message}`);
  }
  return problems;
}
