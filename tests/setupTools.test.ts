import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chromium, howToGet, isAskedFor, programsOf, webkit } from '../scripts/setup/tools.mjs';

/** All that this machine has, and no `apt-get` among it: nothing is installed here. */
let machine: string;
function has(...programs: string[]): string[] {
  return programs.map((name) => {
    const path = join(machine, name);
    writeFileSync(path, '');
    chmodSync(path, 0o755);
    return path;
  });
}

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'clbchat-machine-'));
  vi.stubEnv('PATH', machine);
  for (const name of ['BROWSERS', 'CHROMIUM', 'FIREFOX', 'WEBKIT_DRIVER']) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(machine, { recursive: true, force: true });
});

describe('[B29] the set-up of the browsers', () => {
  test('a tool is here when each of its programs is', () => {
    expect(programsOf('webkit')).toBeUndefined();
    const [driver] = has('WebKitWebDriver');
    expect(programsOf('webkit')).toBeUndefined();
    const [screen] = has('Xvfb');
    expect(programsOf('webkit')).toEqual([driver, screen]);
    const [firefox] = has('firefox-esr', 'firefox');
    expect(programsOf('firefox')).toEqual([firefox]);
  });

  test('a variable names the first program, and one that is not there counts as none', () => {
    const [own, screen] = has('own-driver', 'Xvfb');
    vi.stubEnv('WEBKIT_DRIVER', own);
    expect(programsOf('webkit')).toEqual([own, screen]);
    vi.stubEnv('WEBKIT_DRIVER', join(machine, 'nothing'));
    expect(programsOf('webkit')).toBeUndefined();
  });

  test('all are tried unless some are asked for', () => {
    const asked = () => (['chromium', 'firefox', 'webkit'] as const).filter(isAskedFor);
    expect(asked()).toEqual(['chromium', 'firefox', 'webkit']);
    vi.stubEnv('BROWSERS', 'chromium');
    expect(asked()).toEqual(['chromium']);
    vi.stubEnv('BROWSERS', 'Firefox-ESR, WebKitGTK');
    expect(asked()).toEqual(['firefox', 'webkit']);
  });

  test('who lacks one reads how to get it: the run goes on to say so without an engine, and ends without Chromium', () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    webkit();
    expect(said.mock.calls.flat()).toEqual([howToGet('webkit')]);
    expect(howToGet('webkit')).toContain('sudo apt-get install webkit2gtk-driver xvfb');
    expect(howToGet('firefox')).toContain('sudo apt-get install firefox-esr');
    expect(() => chromium()).toThrow(howToGet('chromium'));
  });

  test('nobody is told of a browser that was not asked for', () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    vi.stubEnv('BROWSERS', 'chromium');
    webkit();
    expect(said).not.toHaveBeenCalled();
  });
});
