import { parseArgs } from 'node:util';
import { StartProblem } from '../environment.ts';
import { CannotStart } from '../redis/cannotStart.ts';
import type { Dump } from '../records/records.store.ts';
import { readConsoleOrigin, readShellConfig } from '../shellConfig.ts';
import { passphraseOf } from './passphrase.ts';
import { Refusal } from './refusal.ts';

const USAGE = `Usage:
  npx --no clbchat export <file> [--passphrase-file <path>]
      writes what is kept of the centre into a new file, encrypted
  npx --no clbchat import <file> [--passphrase-file <path>]
      puts it back, where nothing is kept yet
  npx --no clbchat bootstrap [--origin <origin>]
      prints the one-time address at which the first coordinator makes her account
  npx --no clbchat recover [--origin <origin>]
      prints one for one more coordinator, when those who are there cannot get in

The passphrase is the one line of the file that --passphrase-file names, or is asked for at the terminal.
Environment:
  RECORDS_REDIS_URL   where the records are: redis://host:port or rediss://host:port
  CONSOLE_ORIGIN      under which browsers know the console, where --origin does not say it: https://console.example.be
  PUBLIC_ORIGIN       the same in the demonstration, where one origin is for all
  RECORDS_KEY_FILE    the key beside the records, which "bootstrap" makes where it is missing
  CENTRE              id of the centre, "clb" when it is not set; that of the demonstration is "demo"
`;

interface Asked {
  /** '' where the command takes none */
  readonly file: string;
  readonly passphrasePath: string | null;
  readonly origin: string | undefined;
}

interface Command {
  /** what may be typed beside it */
  readonly takes: 'file' | 'origin';
  /** @returns what to say when it is done */
  run(asked: Asked): Promise<string>;
}

/** What only a command with work to do needs: a call that is refused is answered without waiting for all of it. */
const loaded = {
  address: () => import('./address.ts'),
  exporting: () => import('./export.ts'),
  importing: () => import('./import.ts'),
  records: () => import('./openRecords.ts'),
};

const commands: Readonly<Record<string, Command>> = {
  export: {
    takes: 'file',
    async run({ file, passphrasePath }) {
      const { recordsUrl, centre } = readShellConfig();
      await (await import('./newFile.ts')).mayMake(file);
      const passphrase = await passphraseOf({ path: passphrasePath, isNew: true, terminal });
      const [{ exportRecords, nothingOf }, { withRecords }] = [await loaded.exporting(), await loaded.records()];
      const where = { recordsUrl, centre, orElse: nothingOf, onlyReads: true };
      const held = await withRecords(where, (records, clock) =>
        exportRecords({ records, clock, centre, file, passphrase }),
      );
      return `Exported ${sizeOf(held)} of the centre "${centre}" to ${file}. Without the passphrase nobody can open it.`;
    },
  },
  import: {
    takes: 'file',
    async run({ file, passphrasePath }) {
      const { recordsUrl, centre } = readShellConfig();
      const { importRecords, openExport, readExport } = await loaded.importing();
      const bytes = await readExport(file);
      const passphrase = await passphraseOf({ path: passphrasePath, isNew: false, terminal });
      const dump = await openExport(bytes, { file, passphrase, centre });
      const { withRecords } = await loaded.records();
      await withRecords({ recordsUrl, centre }, (records, clock) => importRecords(dump, { records, clock, centre }));
      const words = `Imported ${sizeOf(dump)} of the centre "${centre}" from ${file}.`;
      const withPasswords = dump.rows.some(({ kind }) => kind === 'login');
      return withPasswords
        ? `${words} Passwords and codes in it need the RECORDS_KEY_FILE that they were made with.`
        : words;
    },
  },
  bootstrap: {
    takes: 'origin',
    async run(asked) {
      const { recordsUrl, centre, keyFile } = readShellConfig();
      const origin = readConsoleOrigin(asked.origin);
      const made = (await import('../recordsKey.ts')).makeRecordsKey(keyFile);
      // said whatever comes after it: the next call finds the file, and says nothing
      if (made) process.stderr.write(`Made ${keyFile}: keep a copy of it, apart from exports of the records.\n`);
      const [{ oneTimeAddress }, { withRecords }] = [await loaded.address(), await loaded.records()];
      return withRecords({ recordsUrl, centre }, (records, clock) =>
        oneTimeAddress('setup', { records, clock, centre, origin }),
      );
    },
  },
  recover: {
    takes: 'origin',
    async run(asked) {
      const { recordsUrl, centre } = readShellConfig();
      const origin = readConsoleOrigin(asked.origin);
      const [{ notNow, oneTimeAddress }, { withRecords }] = [await loaded.address(), await loaded.records()];
      const orElse = () => notNow('recover', centre);
      return withRecords({ recordsUrl, centre, orElse }, (records, clock) =>
        oneTimeAddress('recover', { records, clock, centre, origin }),
      );
    },
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
      options: {
        'passphrase-file': { type: 'string' },
        origin: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
    if (values.help) return 'help';
    const [command = '', file = '', ...others] = positionals;
    const takes = Object.hasOwn(commands, command) ? commands[command]?.takes : undefined;
    const { 'passphrase-file': passphrasePath = null, origin } = values;
    const fits = takes === 'file' ? file !== '' && origin === undefined : file === '' && passphrasePath === null;
    if (!takes || !fits || others.length > 0) return null;
    return { command, file, passphrasePath, origin };
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
    process.stdout.write(`${await commands[asked.command]!.run(asked)}\n`);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = 1;
  }
}
