/**
 * The last step of the build: what browsers fetch of widget and console, compressed once, so that the service sends it
 * small without working for it.
 */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compress } from './setup/compress.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
for (const folder of ['widget/dist', 'console/dist']) compress(join(root, folder));
