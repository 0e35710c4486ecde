import { cleanup, fireEvent } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { showConsole, textOf } from './screen.tsx';

afterEach(cleanup);

test('[W59] a file that is dropped on the console is not opened; a sentence says so', async () => {
  const { view, workspace } = await showConsole();
  const drop = (type: string, kind: string) =>
    fireEvent(
      view.container,
      Object.assign(new Event(type, { bubbles: true, cancelable: true }), { dataTransfer: { types: [kind] } }),
    );
  expect(drop('dragover', 'text/plain')).toBe(true);
  expect(drop('drop', 'text/plain')).toBe(true);
  expect(workspace.notice.value).toBeNull();
  expect(drop('dragover', 'Files')).toBe(false);
  expect(drop('drop', 'Files')).toBe(false);
  await Promise.resolve();
  expect(textOf(view.container)).toContain('Een bestand sturen kan niet in deze chat. Er is niets verstuurd.');
});
