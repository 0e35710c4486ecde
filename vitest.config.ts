import { defineConfig } from 'vitest/config';

const conditions = ['@clbchat/source', 'node', 'development|production'];
const node = { resolve: { conditions }, ssr: { resolve: { conditions } } };
const browser = { resolve: { conditions: ['@clbchat/source', 'module', 'browser', 'development|production'] } };

/** What only ends a hang: nothing here says how fast a machine has to be. */
const patient = { setupFiles: ['./tests/support/patience.ts'], expect: { poll: { timeout: 30_000 } } };
const patientDom = { ...patient, setupFiles: [...patient.setupFiles, './tests/support/patienceDom.ts'] };

export default defineConfig({
  test: {
    reporters: ['default', './scripts/plainLine.mjs'],
    projects: [
      {
        ...node,
        test: {
          ...patient,
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/redis/**', 'tests/nodes/**', 'tests/browser/**'],
          testTimeout: 60_000,
        },
      },
      {
        ...browser,
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          ...patientDom,
          name: 'dom',
          environment: 'happy-dom',
          include: ['tests/**/*.test.tsx'],
          testTimeout: 60_000,
        },
      },
      {
        ...node,
        test: {
          ...patient,
          name: 'redis',
          environment: 'node',
          include: ['tests/{redis,nodes}/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...node,
        test: {
          ...patient,
          name: 'browser',
          environment: 'node',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // After the others. Two files and two stages of each at a time: more takes as long, and everybody answers later.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          maxConcurrency: 2,
        },
      },
    ],
  },
});
