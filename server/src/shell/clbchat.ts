import { parseArgs } from 'node:util';
import { readShellConfig, StartProblem } from '../config.ts';
import { CannotStart } from '../redis/cannotStart.ts';
import type { Dump } from '../records/records.store.ts';
import { exportRecords, nothingOf } from './export.ts';
import { importRecords, openExport, readExport } from './import.ts';
import { mayMake } from './newFile.ts';
import { withRecords } from './openRecords.ts';
import { passphraseOf } from './passphrase.ts';
import { Refusal } from './refusal.ts';

const USAGE = `Usage:
  npx --no clbchat export <file> [--passphrase-file <path>]
      writes what is kept of the centre into a new file, encrypted
  npx --no clbchat import <file> [--passphrase-file <path>]
      puts it back, where nothing is kept yet

The passphrase is the one line of the file that --passphrase-file names, or is asked for at the terminal.
Environment:
  RECORDS_REDIS_URL   where the records are: redis://host:port or rediss://host:port
  CENTRE              id of the centre, "clb" when it is not set; that of the demonstration is "demo"
`;

interface Asked {
  readonly file: string;
  readonly passphrasePath: string | null;
}

/** @returns what to say when it is done */
const commands: Readonly<Record<string, (asked: Asked) => Promise<string>>> = {
  async export({ file, passphrasePath }) {
    const { recordsUrl, centre } = readShellConfig();
    await mayMake(file);
    const passphrase = await passphraseOf({ path: passphrasePath, isNew: true, terminal });
    const held = await withRecords({ recordsUrl, centre, orElse: nothingOf }, (records, clock) =>
      exportRecords({ records, clock, centre, file, passphrase }),
    );
    return `Exported ${sizeOf(held)} of the centre "${centre}" to ${file}. Without the passphrase nobody can open it.`;
  },
  async import({ file, passphrasePath }) {
    const { recordsUrl, centre } = readShellConfig();
    const bytes = await readExport(file);
    const passphrase = await passphraseOf({ path: passphrasePath, isNew: false, terminal });
    const dump = await openExport(bytes, { file, passphrase, centre });
    await withRecords({ recordsUrl, centre }, (records, clock) => importRecords(dump, { records, clock, centre }));
    return `Imported ${sizeOf(dump)} of the centre "${centre}" from ${file}.`;
  },
};

const terminal = { input: process.stdin, output: process.stderr };
const sizeOf = ({ rows, log }: Dump) =>
  `${counted(rows.length, 'row', 'rows')} and ${counted(log.entries.length, 'entry', 'entries')} of the audit log`;
const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** @returns null for what no command knows */
function read(args: string[]): (Asked & { readonly command: string }) | 'help' | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { 'passphrase-file': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help) return 'help';
    const [command = '', file, ...others] = positionals;
    if (!Object.hasOwn(commands, command) || !file || others.length > 0) return null;
    return { command, file, passphrasePath: values['passphrase-file'] ?? null };
  } catch {
    return null;
  }
}

/** What is refused is the reader's business; everything else is ours, and says where it happened. */
function sentenceOf(error: unknown): string {
  const told = error instanceof Refusal || error instanceof StartProblem || error instanceof CannotStart;
  return told ? error.message : `It failed: ${String(error instanceof Error ? error.stack : error)}`;
}

process.umask(0o077);
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
const asked = read(process.argv.slice(2));
if (asked === 'help') process.stdout.write(USAGE);
else if (asked === null) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  try {
    process.stdout.write(`${await commands[asked.command]!(asked)}\n`);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = 1;
  }
}
