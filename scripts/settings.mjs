import { readFileSync, writeFileSync } from 'node:fs';
import { settings } from '../server/dist/settings.js';
import { settingsTable, withTable } from './settingsTable.mjs';

const page = new URL('../docs/operations.md', import.meta.url);
writeFileSync(page, withTable(readFileSync(page, 'utf8'), settingsTable(settings)));
