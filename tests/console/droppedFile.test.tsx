import { cleanup, fireEvent, waitFor } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { showConsole, textOf } from './screen.tsx';

afterEach(cleanup);

test('[W59 D39] a file that is dropped on the console is not opened; a sentence says so, for eight seconds', async () => {
  const { view, workspace, time } = await showConsole();
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
  time.pass(7_999);
  expect(workspace.notice.value).not.toBeNull();
  time.pass(1);
  await waitFor(() => expect(textOf(view.container)).not.toContain('Een bestand sturen'));
});

test('[D39] what came meanwhile is not taken away with it', async () => {
  const { workspace, time } = await showConsole();
  workspace.mention('een bestand');
  workspace.notice.value = 'iets anders';
  time.pass(8_000);
  expect(workspace.notice.value).toBe('iets anders');
  workspace.mention('een bestand');
  time.pass(7_000);
  workspace.mention('een bestand');
  time.pass(7_000);
  expect(workspace.notice.value).toBe('een bestand');
});
