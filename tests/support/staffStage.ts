import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type App } from './app.ts';
import { freePort } from './freePort.ts';
import { startOpenIdProvider } from './openIdProvider.ts';

/** The service with all the ways in that there are: passkey, code, password, and a provider of the field. */
export interface StaffStage {
  readonly app: App;
  readonly issuer: string;
  /** with which Chromium believes the provider's certificate */
  readonly args: readonly string[];
  /** Starts the service anew with this line of its configuration, as whoever runs it does after the keys were made. */
  name(line: string): Promise<void>;
  stop(): Promise<void>;
}

const KEY_BYTES = 32;

export async function openStaffStage(beside: Readonly<Record<string, string>> = {}): Promise<StaffStage> {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-provider-'));
  const port = await freePort();
  const provider = await startOpenIdProvider([`http://localhost:${port}/console/`]);
  const [authority, key] = [join(folder, 'authority.pem'), join(folder, 'records.key')];
  writeFileSync(authority, provider.cert);
  writeFileSync(key, Buffer.alloc(KEY_BYTES, 3), { mode: 0o600 });
  const { issuer, clientId, clientSecret, name } = provider.settings;
  const env: Record<string, string> = {
    ...{ PORT: String(port), NODE_EXTRA_CA_CERTS: authority, RECORDS_KEY_FILE: key },
    ...{ OIDC_ISSUER: issuer, OIDC_NAME: name, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret },
    ...beside,
  };
  const app = await startApp({ on: 'redis', env });
  const spki = new X509Certificate(provider.cert).publicKey.export({ type: 'spki', format: 'der' });
  const believed = createHash('sha256').update(spki).digest('base64');
  return {
    ...{ app, issuer },
    args: [`--ignore-certificate-errors-spki-list=${believed}`],
    async name(line) {
      const at = line.indexOf('=');
      env[line.slice(0, at)] = line.slice(at + 1);
      await app.kill();
      await app.start();
    },
    async stop() {
      await app.stop();
      await provider.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
