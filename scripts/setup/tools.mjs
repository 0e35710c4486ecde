import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { SetupProblem } from './problem.mjs';
import { run, which } from './run.mjs';

/** `programs`: the names of each program that is needed; a variable may give the path of the first. */
const tools = {
  chromium: {
    name: 'Chromium',
    variable: 'CHROMIUM',
    programs: [['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']],
    aptPackages: ['chromium'],
    macOS: 'brew install --cask chromium',
  },
  redis: {
    name: 'redis-server',
    variable: 'REDIS_SERVER_BIN',
    programs: [['redis-server', 'valkey-server']],
    aptPackages: ['redis-server'],
    macOS: 'brew install redis',
  },
  firefox: {
    name: 'Firefox',
    variable: 'FIREFOX',
    programs: [['firefox-esr', 'firefox']],
    aptPackages: ['firefox-esr'],
    macOS: 'brew install --cask firefox@esr, and FIREFOX set to its program',
  },
  webkit: {
    name: 'WebKitGTK',
    variable: 'WEBKIT_DRIVER',
    // its browser draws on a screen, and that one is nobody's
    programs: [['WebKitWebDriver'], ['Xvfb']],
    aptPackages: ['webkit2gtk-driver', 'xvfb'],
    macOS: 'there is none: run the tests with BROWSERS=chromium,firefox',
  },
  caddy: {
    name: 'Caddy',
    variable: 'CADDY',
    programs: [['caddy']],
    aptPackages: ['caddy'],
    macOS: 'brew install caddy',
  },
};

export const chromium = () => provide('chromium');
export const redis = () => provide('redis');
export const firefox = () => isAskedFor('firefox') && offer('firefox');
export const webkit = () => isAskedFor('webkit') && offer('webkit');
export const caddy = () => offer('caddy');

/** @returns the paths of what a tool consists of, or undefined when a part of it is not here */
export function programsOf(name) {
  const { variable, programs } = tools[name];
  const chosen = process.env[variable];
  const found = programs.map((names, at) => (at === 0 && chosen ? chosen : which(names)));
  return found.every((path) => path !== undefined && existsSync(path)) ? found : undefined;
}

export function howToGet(name) {
  const { name: called, variable, aptPackages, macOS } = tools[name];
  return [
    `The tests need ${called}, which is not installed. Either of these helps:`,
    `  Debian, Ubuntu:  sudo apt-get install ${aptPackages.join(' ')}`,
    `  macOS:           ${macOS}`,
    `  anywhere:        set ${variable} to the path of its program`,
  ].join('\n');
}

/** Whether a run is to try a browser: all of them are, unless `BROWSERS` names some, with commas between. */
export function isAskedFor(name) {
  const named = (process.env.BROWSERS ?? '').toLowerCase().split(/[\s,]+/);
  const wanted = named.filter((one) => one !== '');
  return wanted.length === 0 || wanted.some((one) => one.startsWith(name));
}

/** The tests can do without it and say so, by name: who lacks it reads now what would help. */
function offer(name) {
  try {
    provide(name);
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    console.error(error.message);
  }
}

function provide(name) {
  const { variable, aptPackages } = tools[name];
  const chosen = process.env[variable];
  if (chosen && !existsSync(chosen)) throw new SetupProblem(`${variable} is ${chosen}, but there is no such file.`);
  if (programsOf(name)) return;

  const mayInstall = process.platform === 'linux' && process.getuid() === 0 && which(['apt-get']);
  if (mayInstall) aptInstall(aptPackages);
  if (!programsOf(name)) throw new SetupProblem(howToGet(name));
}

function aptInstall(names) {
  // A package that brings a service would start it and take its port; Debian asks this file first.
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  const patient = ['-o', 'DPkg::Lock::Timeout=120', '-qq'];
  try {
    run('apt-get', [...patient, 'update'], quiet); // when it fails, the lists at hand may do
    run('apt-get', [...patient, 'install', '-y', '--no-install-recommends', ...names], quiet);
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}
