import type { Environment } from 'vitest/runtime';

/** Code is read as a browser reads it. The page comes with each file (`page.ts`): vitest would give one to all of them. */
const pageless: Environment = {
  name: 'pageless',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
};
export default pageless;
