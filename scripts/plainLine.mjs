/**
 * The last line of a test run, read by people and by CI: 'N passed, N failed, N skipped'. Above it stand, by name, the
 * tests that only passed at a second try: each is a race in the test or in the software, and somebody's next work.
 */
export default class PlainLine {
  onTestRunEnd(modules, unhandled) {
    const again = [];
    const count = { passed: 0, failed: unhandled?.length ?? 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed' && test.diagnostic()?.retryCount > 0) again.push(test.fullName);
        count[state === 'pending' ? 'skipped' : state] += 1;
      }
      if (module.state() === 'failed' && module.errors().length > 0) count.failed += 1;
    }
    process.on('exit', () => {
      for (const name of again) console.log(`passed only at a second try: ${name}`);
      console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
    });
  }
}
