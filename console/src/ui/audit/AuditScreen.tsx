import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Audit, AuditRow, AuditState } from '../../model/audit.ts';
import { asDay, asTimeOfDay } from '../../model/times.ts';
import { audit as words } from '../../words/audit.ts';
import { AbovePage } from '../AbovePage.tsx';
import { Arriving } from '../Arriving.tsx';
import { Icon } from '../Icon.tsx';

/** So many rows at first, and more by a press each time. */
const ROWS_AT_ONCE = 100;

/** Who did what. Nothing can be changed here. */
export function AuditScreen({ audit }: { audit: Audit }) {
  const state = audit.state.value;
  useEffect(() => void audit.open(), [audit]);
  return (
    <main class="page" id="page" data-region tabIndex={-1} aria-labelledby="page-title">
      <AbovePage />
      <div class="page-head">
        <h1 id="page-title" tabIndex={-1}>
          {words.title}
        </h1>
      </div>
      <p class="muted">{words.lead}</p>
      <Arriving is={state.is} words={words} onAgain={() => audit.open()} />
      {state.is === 'ready' && <Log log={state} />}
    </main>
  );
}

function Log({ log }: { log: Extract<AuditState, { is: 'ready' }> }) {
  const shown = useSignal(ROWS_AT_ONCE);
  const { rows, earlier, broken, names } = log;
  return (
    <>
      {broken && (
        <div class="note note-danger" role="alert">
          <Icon name="circle-alert" />
          <span>{words.broken[broken]}</span>
        </div>
      )}
      {rows.length === 0 ? (
        <p>{words.empty}</p>
      ) : (
        <table class="log-table">
          <caption class="hidden-text">{words.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.who}</th>
              <th scope="col">{words.what}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown.value).map((row, at) => (
              <Row key={rows.length - at} row={row} names={names} />
            ))}
          </tbody>
        </table>
      )}
      {rows.length > shown.value && (
        <button type="button" class="button button-plain" onClick={() => (shown.value += ROWS_AT_ONCE)}>
          {words.more}
        </button>
      )}
      {earlier > 0 && <p class="muted">{words.earlier(earlier)}</p>}
    </>
  );
}

function Row({ row, names }: { row: AuditRow | null; names: Readonly<Record<string, string>> }) {
  if (!row)
    return (
      <tr>
        <td colSpan={3}>{words.unreadable}</td>
      </tr>
    );
  const nameOf = (id: string) => (Object.hasOwn(names, id) ? names[id] : undefined) ?? words.former(id);
  const who = { '@shell': words.shell, '@demo': words.demo }[row.by] ?? nameOf(row.by);
  const acts: Readonly<Record<string, (about: string) => string>> = words.acts;
  const act = Object.hasOwn(acts, row.act) ? acts[row.act]!(nameOf(row.about)) : words.other(row.act);
  const at = new Date(row.atMs);
  return (
    <tr>
      <td>{`${asDay(dateOf(at))} ${at.getFullYear()}, ${asTimeOfDay(row.atMs)}`}</td>
      <td>{who}</td>
      <td>{act}</td>
    </tr>
  );
}

/** The day on this computer: `2026-11-26`. */
const dateOf = (at: Date) =>
  `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
