export const FAILED_TESTS = 'FAILED TESTS ';

/** One line for the program that plants bugs: how many tests ran, and the titles of those that failed. */
export default class FailedTests {
  onTestRunEnd(modules) {
    const tests = [...modules].flatMap((module) => [...module.children.allTests()]);
    const ran = tests.filter((test) => ['passed', 'failed'].includes(test.result().state));
    const failed = ran.filter((test) => test.result().state === 'failed').map((test) => test.fullName);
    console.log(`\n${FAILED_TESTS}${JSON.stringify({ ran: ran.length, failed })}`);
  }
}
