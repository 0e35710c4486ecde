import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { workspaces } from './source.mjs';

const require = createRequire(import.meta.url);

/** LICENSE is the licence that every package.json names, word for word. */
export function licence(root) {
  const text = readFileSync(join(root, 'LICENSE'), 'utf8');
  const wanted = require('spdx-license-list/licenses/EUPL-1.2.json').licenseText;
  const manifests = ['package.json', ...workspaces.map((folder) => `${folder}/package.json`)];
  const problems = manifests
    .filter((path) => JSON.parse(readFileSync(join(root, path), 'utf8')).license !== 'EUPL-1.2')
    .map((path) => `${path}: does not name the licence EUPL-1.2`);
  if (text.trim() !== wanted.trim()) problems.push('LICENSE is not the text of EUPL-1.2');
  return { looked: `LICENSE and ${manifests.length} package.json`, count: text.length, problems };
}
