/** The last line of a test run, read by people and by CI: 'N passed, N failed, N skipped'. */
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
    process.on('exit', () => console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`));
  }
}
