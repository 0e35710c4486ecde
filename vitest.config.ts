import { defineConfig } from 'vitest/config';

const conditions = ['@clbchat/source', 'node', 'development|production'];
const node = { resolve: { conditions }, ssr: { resolve: { conditions } } };
const browser = {
  resolve: { mainFields: ['module'], conditions: ['@clbchat/source', 'module', 'browser', 'development|production'] },
};

/** What only ends a hang: nothing here says how fast a machine has to be. */
const patient = { setupFiles: ['./tests/support/patience.ts'], expect: { poll: { timeout: 30_000 } } };

/**
 * Files share a process: a process, a runtime and the libraries for each of them cost more than most of the tests. What a file
 * leaves behind is undone in `leavesNothing.ts`, its modules with it, so that any order is as good as another.
 */
const shared = { ...patient, isolate: false };
const leavesNothing = [...patient.setupFiles, './tests/support/leavesNothing.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './scripts/plainLine.mjs'],
    sequence: { setupFiles: 'list' }, // what they undo is undone the other way round: the page goes last
    projects: [
      {
        ...node,
        test: {
          ...{ ...shared, setupFiles: leavesNothing },
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/redis/**', 'tests/nodes/**', 'tests/chaos/**', 'tests/browser/**'],
          testTimeout: 60_000,
        },
      },
      {
        ...browser,
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          ...shared,
          setupFiles: ['./tests/support/page.ts', ...leavesNothing, './tests/support/patienceDom.ts'],
          name: 'dom',
          environment: './tests/support/pageless.ts',
          // what takes hold of a page as it is read is read anew with each; as modules, for Node keeps what it has required
          server: { deps: { inline: [/preact|@testing-library/] } },
          include: ['tests/**/*.test.tsx'],
          testTimeout: 60_000,
        },
      },
      {
        ...node,
        test: {
          ...{ ...shared, setupFiles: leavesNothing },
          name: 'redis',
          environment: 'node',
          include: ['tests/{redis,nodes,chaos}/**/*.test.ts'],
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
