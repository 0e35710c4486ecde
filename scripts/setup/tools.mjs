import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { SetupProblem } from './problem.mjs';
import { run, which } from './run.mjs';

export function chromium() {
  provide({
    name: 'Chromium',
    variable: 'CHROMIUM',
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    aptPackage: 'chromium',
    macOS: 'brew install --cask chromium',
  });
}

export function redis() {
  provide({
    name: 'redis-server',
    variable: 'REDIS_SERVER_BIN',
    commands: ['redis-server', 'valkey-server'],
    aptPackage: 'redis-server',
    macOS: 'brew install redis',
  });
}

function provide(tool) {
  const chosen = process.env[tool.variable];
  if (chosen) {
    if (existsSync(chosen)) return;
    throw new SetupProblem(`${tool.variable} is ${chosen}, but there is no such file.`);
  }
  if (which(tool.commands)) return;

  const mayInstall = process.platform === 'linux' && process.getuid() === 0 && which(['apt-get']);
  if (mayInstall) aptInstall(tool.aptPackage);
  if (which(tool.commands)) return;
  throw new SetupProblem(
    [
      `The tests need ${tool.name}, which is not installed. Either of these helps:`,
      `  Debian, Ubuntu:  sudo apt-get install ${tool.aptPackage}`,
      `  macOS:           ${tool.macOS}`,
      `  anywhere:        set ${tool.variable} to the path of its program`,
    ].join('\n'),
  );
}

function aptInstall(name) {
  // A package that brings a service would start it and take its port; Debian asks this file first.
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  const patient = ['-o', 'DPkg::Lock::Timeout=120', '-qq'];
  try {
    run('apt-get', [...patient, 'update'], quiet); // when it fails, the lists at hand may do
    run('apt-get', [...patient, 'install', '-y', '--no-install-recommends', name], quiet);
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}
