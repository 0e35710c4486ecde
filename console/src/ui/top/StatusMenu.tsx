import type { DeskStatus } from '@clbchat/shared/ids';
import { isEverybody } from '@clbchat/shared/serves';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isFull, isHeld } from '../../model/ends.ts';
import { door as doorWords } from '../../words/door.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { usePopover } from '../usePopover.ts';

/** Shape and word tell the status; colour only repeats it. */
function StatusShape({ status }: { status: DeskStatus }) {
  return <span class={`shape shape-${status}`} aria-hidden="true" />;
}

/** Up and down inside an open menu. */
function moveInMenu(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.altKey || !(event.currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  const at = items.findIndex((item) => item === document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
}

interface ChoiceProps {
  status: 'available' | 'paused' | 'offline';
  hint: string;
  disabled?: boolean;
  onChoose(): void;
}

function Choice({ status, hint, disabled = false, onChoose }: ChoiceProps) {
  const { desk } = useConsole().workspace;
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={desk.status.value === status}
      aria-disabled={disabled}
      onClick={() => !disabled && onChoose()}
    >
      <StatusShape status={status} />
      <span>
        <b>{nl.status[status]}</b>
        <small>{hint}</small>
      </span>
    </button>
  );
}

/** For whom she is rung, and the way to choose it. */
function Serving({ onChoose }: { onChoose(): void }) {
  const { desk } = useConsole().workspace;
  return (
    <button type="button" role="menuitem" aria-haspopup="dialog" onClick={onChoose}>
      <Icon name="users" size={16} />
      <span>
        <b>{nl.serves.title}</b>
        <small>{isEverybody(desk.serves.value) ? nl.serves.everybody : nl.serves.some}</small>
      </span>
    </button>
  );
}

/** How many conversations at once. */
function Slots({ choose }: { choose(act: () => Promise<unknown>): () => void }) {
  const { workspace } = useConsole();
  const { desk } = workspace;
  return (
    <div class="slots" role="group" aria-label={nl.status.slots}>
      <span aria-hidden="true">{nl.status.slots}</span>
      {Array.from({ length: desk.slotsMax.value }, (_, at) => at + 1).map((n) => (
        <button
          key={n}
          type="button"
          role="menuitemradio"
          aria-checked={desk.slots.value === n}
          onClick={choose(() => desk.setSlots(n).then(workspace.tell))}
        >
          {n}
        </button>
      ))}
    </div>
  );
}

export function StatusMenu() {
  const { workspace, door, certEnded } = useConsole();
  const { desk } = workspace;
  const { open, setOpen, root } = usePopover();
  const menu = useRef<HTMLDivElement>(null);
  const held = desk.talks.value.filter(isHeld).length;
  const status = desk.status.value;
  const word =
    status === 'available' && isFull(desk) ? `${nl.status.available} · ${nl.status.full}` : nl.status[status];
  useLayoutEffect(() => {
    if (open) menu.current?.querySelector<HTMLElement>('[aria-checked=true], [role=menuitemradio]')?.focus();
  }, [open]);
  const choose = (act: () => Promise<unknown>) => () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>('.status-button')?.focus();
    void act();
  };
  return (
    <div class="popover-root status-root" ref={root}>
      {status === 'wrap-up' && (
        <Firm class="button button-primary button-small" onClick={choose(() => workspace.done())}>
          <Icon name="check" size={16} />
          {nl.status.ready}
        </Firm>
      )}
      <button
        type="button"
        class="status-button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={`${nl.status.label}: ${word}`}
        aria-keyshortcuts="Alt+M"
        onClick={() => setOpen(!open)}
      >
        <StatusShape status={status} />
        <span class="status-word">{word}</span>
        <Icon name="chevron-down" size={16} />
      </button>
      {open && (
        <div class="popover menu" role="menu" aria-label={nl.status.label} ref={menu} onKeyDown={moveInMenu}>
          <div role="group" aria-label={nl.status.label}>
            <Choice
              status="available"
              hint={certEnded.value ? nl.status.availableEnded : nl.status.availableHint}
              disabled={certEnded.value}
              onChoose={choose(() => workspace.setStatus('available'))}
            />
            <Choice
              status="paused"
              hint={nl.status.pausedHint}
              onChoose={choose(() => workspace.setStatus('paused'))}
            />
            <Choice
              status="offline"
              hint={held > 0 ? nl.status.offlineBlocked(held) : nl.status.offlineHint}
              disabled={held > 0}
              onChoose={choose(() => desk.leave().then(workspace.tell))}
            />
          </div>
          {/* here in every window: in a narrow one the bar has no room for its button */}
          {desk.hours.value?.is === 'open' && (
            <button type="button" role="menuitem" onClick={choose(() => door.set(true))}>
              <Icon name="lock" size={16} />
              {doorWords.shutHint}
            </button>
          )}
          <Serving onChoose={choose(async () => (workspace.dialog.value = 'serves'))} />
          <Slots choose={choose} />
        </div>
      )}
    </div>
  );
}
