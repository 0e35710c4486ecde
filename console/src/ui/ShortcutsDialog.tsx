import { answers } from '../words/answers.ts';
import { nl } from '../words/nl.ts';
import { useConsole } from './console.ts';
import { Dialog } from './Dialog.tsx';

const rows: readonly [keys: readonly string[], what: string][] = [
  [['Alt', 'N'], nl.shortcuts.next],
  [['Alt', '1 … 3'], nl.shortcuts.numbers],
  [['Alt', '↓ ↑'], nl.shortcuts.move],
  [['Alt', 'J'], nl.shortcuts.oldest],
  [['Alt', 'A'], answers.shortcut],
  [['/'], answers.slash],
  [['Alt', 'M'], nl.shortcuts.status],
  [['Alt', 'R'], nl.shortcuts.end],
  [['Alt', 'S'], nl.shortcuts.list],
  [['F6'], nl.shortcuts.regions],
  [['Esc'], nl.shortcuts.escape],
];

export function ShortcutsDialog() {
  const { workspace, prefs } = useConsole();
  const close = () => (workspace.dialog.value = null);
  return (
    <Dialog title={nl.shortcuts.title} onClose={close}>
      <dl class="keys">
        {rows.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={prefs.shortcuts.value}
          onChange={(event) => (prefs.shortcuts.value = event.currentTarget.checked)}
        />
        {nl.shortcuts.use}
      </label>
      <div class="dialog-actions">
        <button type="button" class="button button-secondary button-small" onClick={close}>
          {nl.shortcuts.close}
        </button>
      </div>
    </Dialog>
  );
}
