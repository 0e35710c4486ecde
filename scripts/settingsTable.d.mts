import type { Setting } from '../server/src/settings.ts';

export function settingsTable(settings: Readonly<Record<string, Setting<unknown>>>): string;
export function withTable(page: string, table: string): string;
