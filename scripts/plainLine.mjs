import { writeSync } from 'node:fs';

/**
 * The last line of a test run, read by people and by CI: 'N passed, N failed, N skipped'. Whoever runs the tests and has
 * something to say before it (setup/timed.mjs) names another file than the output.
 */
export default class PlainLine {
  onTestRunEnd(modules, unhandled) {
    const count = { passed: 0, failed: unhandled?.length ?? 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state === 'pending' ? 'skipped' : state] += 1;
      }
      if (module.state() === 'failed' && module.errors().length > 0) count.failed += 1;
    }
    const line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`;
    process.on('exit', () => writeSync(Number(process.env.PLAIN_LINE_FD ?? 1), line));
  }
}
