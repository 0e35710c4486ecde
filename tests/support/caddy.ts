import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { programsOf } from '../../scripts/setup/tools.mjs';
import { onFreePorts } from './freePort.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const DOMAIN = 'clb.test';
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The program, where it is on this machine. */
export const caddyHere = (): string | undefined => programsOf('caddy')?.[0];

/** The proxy of docker-compose.yml, by its own file, with certificates that it makes by itself. */
export interface Caddy {
  readonly port: number;
  /** all that it printed */
  said(): string;
  /** Connects to it, whatever name is asked for, and believes its certificates. @param from another address of this machine */
  agent(from?: string): Agent;
  stop(): Promise<void>;
}

interface Upstreams {
  /** `127.0.0.1:8080`, each */
  readonly files: string;
  readonly relays: readonly string[];
}

export async function startCaddy({ files, relays }: Upstreams): Promise<Caddy> {
  const program = caddyHere();
  if (!program) throw new Error('no Caddy on this machine');
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-caddy-'));
  const agents: Agent[] = [];
  const [port, child, said] = await onFreePorts(2, async (https = 0, http = 0) => {
    const file = join(folder, 'Caddyfile');
    writeFileSync(file, ownPorts(fileFor(program), folder, { https, http }).replaceAll('static:8080', files));
    const env = { PATH: process.env['PATH'], HOME: folder, DOMAIN, RELAYS: relays.join(' ') };
    const one = spawn(program, ['run', '--config', file, '--adapter', 'caddyfile'], { env, cwd: folder });
    running.add(one);
    one.once('exit', () => running.delete(one));
    let printed = '';
    for (const stream of [one.stdout, one.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await serves(one, https, () => printed);
    return [https, one, () => printed] as const;
  });
  const ca = readFileSync(join(folder, 'store/pki/authorities/local/root.crt'));
  return {
    port,
    said,
    agent(from) {
      const own = { host: '127.0.0.1', port, ca, ...(from !== undefined && { localAddress: from }) };
      const agent = Object.assign(new Agent(), {
        createConnection: ({ host = '' }) => connectTls({ ...own, servername: host }),
      });
      agents.push(agent);
      return agent;
    },
    async stop() {
      for (const agent of agents) agent.destroy();
      if (running.has(child)) {
        const gone = once(child, 'close'); // and all that it printed has come
        child.kill('SIGKILL');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** docs/Caddyfile as it is, but for what an older Caddy than the one of docker-compose.yml does not know. */
function fileFor(program: string): string {
  const file = readFileSync(join(root, 'docs/Caddyfile'), 'utf8');
  const [, minor = '0'] = /^v?2\.(\d+)/.exec(spawnSync(program, ['version'], { encoding: 'utf8' }).stdout) ?? [];
  return Number(minor) < 7 ? file.replace(/^\tstream_close_delay .*\n/m, '') : file;
}

const ownPorts = (file: string, folder: string, { https, http }: { https: number; http: number }) =>
  file.replace(
    /^\{\n/m,
    `{\n\tadmin off\n\thttp_port ${http}\n\thttps_port ${https}\n\tlocal_certs\n\tskip_install_trust\n\tstorage file_system ${folder}/store\n`,
  );

/** Until it has its certificates, which it makes before it serves. @throws with what it said, when it ends */
async function serves(child: ChildProcess, port: number, said: () => string): Promise<void> {
  const answers = () =>
    new Promise<boolean>((done) => {
      const socket = connectTls({ host: '127.0.0.1', port, servername: `relay.${DOMAIN}`, rejectUnauthorized: false });
      const over = (is: boolean) => (socket.destroy(), done(is));
      socket.once('secureConnect', () => over(true)).once('error', () => over(false));
    });
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`Caddy ended: ${said()}`);
    await new Promise((again) => setTimeout(again, 50));
  }
}
