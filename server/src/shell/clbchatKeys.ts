import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fromUtf8, utf8 } from '@clbchat/shared/bytes';
import type { IssuerRequest } from '@clbchat/shared/statement/certificate.schema';
import { fingerprintOf } from '@clbchat/shared/statement/fingerprint';
import {
  answerRequest,
  ISSUER_TEXT_CHARS_MAX,
  readRequest,
  requestTime,
} from '@clbchat/shared/statement/issuerRequest';
import {
  PASSPHRASE_CHARS_MIN,
  PASSPHRASE_UNITS_MAX,
  passphraseProblem,
  type PassphraseProblem,
} from '@clbchat/shared/statement/passphrase';
import {
  openRoot,
  ROOT_FILE_BYTES_MAX,
  ROOT_KINDS,
  type OpenedRoot,
  type Pins,
  type WhyUnread,
} from '@clbchat/shared/statement/rootFile';
import { makeRoots, pinsText, rootFileName } from '@clbchat/shared/statement/roots';
import { pinOf } from '@clbchat/shared/statement/signingKey';
import { systemClock } from '../kernel/clock.ts';
import { makeFile, mayMake } from './newFile.ts';
import { passphraseOf } from './passphrase.ts';
import { readWhole } from './readFile.ts';
import { Refusal } from './refusal.ts';

// Bundled into one file by scripts/bundleKeys.mjs: whatever this imports goes along to a computer without a network.

const USAGE = `Usage:
  npx --no clbchat-keys make <folder> [--passphrase-file <path>]
      makes both roots of a new centre: two new files in that folder, encrypted
  npx --no clbchat-keys check <file> [--passphrase-file <path>]
      opens one of them as a test, and says what has to be pinned
  npx --no clbchat-keys issuer <file> <request> <answer> [--passphrase-file <path>]
      signs with one of them what a coordinator's console wrote as its request, into a new file that is carried back to it

It needs no network: copy server/dist/clbchat-keys.mjs to a computer without one and run it with node.
The passphrase is the one line of the file that --passphrase-file names, or is asked for at the terminal.
`;

interface Asked {
  /** a folder of `make`, a root file of the others */
  readonly place: string;
  /** request and answer of `issuer`, and no more files of the others */
  readonly papers: readonly string[];
  readonly passphrasePath: string | null;
}

interface Command {
  /** how many files are named behind the first */
  readonly papers: number;
  /** @returns what to say when it is done */
  run(asked: Asked): Promise<string>;
}

const commands: Readonly<Record<string, Command>> = {
  make: { papers: 0, run: make },
  check: { papers: 0, run: check },
  issuer: { papers: 2, run: signIssuer },
};

async function make({ place, passphrasePath }: Asked): Promise<string> {
  await mayMake(join(place, 'clbchat-root')); // before anybody thinks of a passphrase
  const passphrase = await passphraseOf({ path: passphrasePath, isNew: true, terminal, judge: whyNotGood });
  const { pins, files } = await makeRoots(passphrase);
  const made = ROOT_KINDS.map((kind) => ({ path: join(place, rootFileName(kind, pins)), bytes: files[kind] }));
  await makeAll(made, passphrase);
  return `Both roots are made, and both files were opened again as a test:
  ${made.map(({ path }) => path).join('\n  ')}
${said(pins)}
Take each stick out and in again and check its file: until then this computer may only remember what it wrote.
Keep the files in two places and the passphrase in a third. Whoever has one file and the passphrase can pretend to be
this centre; without both files nobody can ever sign for it again.`;
}

async function check({ place, passphrasePath }: Asked): Promise<string> {
  await readWhole(place, ROOT_FILE_BYTES_MAX);
  const passphrase = await passphraseOf({ path: passphrasePath, isNew: false, terminal });
  const { kind, pins } = await openedFrom(place, passphrase);
  return `${place} opens: it is the root ${kind} of this centre.
${said(pins)}`;
}

async function signIssuer({ place, papers: [from = '', to = ''], passphrasePath }: Asked): Promise<string> {
  await readWhole(place, ROOT_FILE_BYTES_MAX);
  const request = await requestIn(from);
  await mayMake(to);
  const signs = `for "${request.org}" the key with the fingerprint
  ${fingerprintOf(await pinOf(request.pub)).join(' ')}`;
  // before anybody types a passphrase: what is compared is what is signed
  if (passphrasePath === null && process.stdin.isTTY)
    process.stderr.write(`This signs ${signs}
Compare it with the screen of the console. Where one digit differs, stop here with Ctrl+C.\n`);
  const passphrase = await passphraseOf({ path: passphrasePath, isNew: false, terminal });
  const root = await openedFrom(place, passphrase);
  const { answer, exp } = await answerRequest(root, request, systemClock.nowMs());
  await makeFile(to, utf8(`${answer}\n`));
  return `${to} holds the answer: the root ${root.kind} signed, until ${dayOf(exp)}, ${signs}
Carry it to the console that asked, and put its one line in there:

${answer}
`;
}

/** @throws Refusal */
async function requestIn(path: string): Promise<IssuerRequest> {
  const text = fromUtf8(await readWhole(path, ISSUER_TEXT_CHARS_MAX))?.trim() ?? '';
  const request = await readRequest(text);
  if (!request)
    throw new Refusal(`${path} is no request of a console, or was changed on its way: take all of its one line.`);
  const wrong = requestTime(request, systemClock.nowMs());
  if (wrong) throw new Refusal(`${path} was made on ${dayOf(request.at)}, and ${untimely[wrong]}.`);
  return request;
}
const dayOf = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10);
const untimely = {
  early: 'the clock of this computer has not come to that day: set it',
  late: 'that is more than a week ago by the clock of this computer: set it, or let the console make another request',
};

const terminal = { input: process.stdin, output: process.stderr };

const said = (pins: Pins) => `
${ROOT_KINDS.map((kind, at) => `${kind.padEnd(4)}${fingerprintOf(pins[at]!).join(' ')}`).join('\n')}

In the settings of both processes, relay and static side:
ROOT_PINS=${pinsText(pins)}

In the three lines of each site's page:
data-key="${pinsText(pins)}"
`;

/** All or none, and each opened again as the disk gives it back. @throws Refusal */
async function makeAll(
  made: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  passphrase: string,
): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, bytes } of made) {
      await makeFile(path, bytes);
      written.push(path);
    }
    for (const path of written) await openedFrom(path, passphrase);
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    throw error;
  }
}

/** @throws Refusal */
async function openedFrom(path: string, passphrase: string): Promise<OpenedRoot> {
  const found = await openRoot(await readWhole(path, ROOT_FILE_BYTES_MAX), passphrase);
  if (!found.ok) throw new Refusal(`${path} ${unread[found.why]}.`);
  return found;
}

const unread: Readonly<Record<WhyUnread, string>> = {
  empty: 'is empty',
  too_large: `is too large: it has more than ${ROOT_FILE_BYTES_MAX} bytes`,
  foreign: 'is no root file of clbchat',
  version: 'was made by a later release of clbchat: use that one',
  damaged: 'is damaged: it was cut or changed on its way, so take another copy',
  rounds: 'was made with a number of rounds that clbchat never takes',
  passphrase: 'does not open: the passphrase is another one, or somebody changed the file',
  misfit: 'holds keys that are not those that it says, so no release of clbchat made it',
};

const notGood: Readonly<Record<PassphraseProblem, string>> = {
  too_short: `is too short: it needs at least ${PASSPHRASE_CHARS_MIN} characters`,
  too_long: `is too long: it may have ${PASSPHRASE_UNITS_MAX} characters`,
  too_plain: 'has too few different characters',
  edge: 'begins or ends with a space, which nobody sees on paper',
  unprintable: 'has a character that cannot be typed again',
};
function whyNotGood(given: string): string | null {
  const problem = passphraseProblem(given);
  return problem && `The passphrase ${notGood[problem]}.`;
}

/** @returns null for what no command knows */
function read(args: string[]): (Asked & { readonly command: string }) | 'help' | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { 'passphrase-file': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help) return 'help';
    const [command = '', place, ...papers] = positionals;
    if (!Object.hasOwn(commands, command) || !place) return null;
    if (papers.length !== commands[command]?.papers || papers.includes('')) return null;
    return { command, place, papers, passphrasePath: values['passphrase-file'] ?? null };
  } catch {
    return null;
  }
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
    const told = error instanceof Refusal;
    process.stderr.write(
      `${told ? error.message : `It failed: ${String(error instanceof Error ? error.stack : error)}`}\n`,
    );
    process.exitCode = 1;
  }
}
