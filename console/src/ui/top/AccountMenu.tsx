import { useSignal } from '@preact/signals';
import { initials } from '../../model/naming.ts';
import type { Me } from '../../model/session.ts';
import { nl } from '../../words/nl.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { Unsaved } from '../Unsaved.tsx';
import { usePopover } from '../usePopover.ts';

interface Props {
  me: Pick<Me, 'name' | 'site'>;
  /** the way to what she signs in with */
  ownKeys?: { readonly says: string; go(): void };
  /** whether signing out now would take something that is not saved */
  loses(): boolean;
  onLeave(): void;
  onSessions(): void;
}

export function AccountMenu({ me, ownKeys, loses, onLeave, onSessions }: Props) {
  const { open, setOpen, root } = usePopover();
  const asks = useSignal(false);
  // what she chose goes: she stands here where she stays in, and where a window gives the focus back
  const close = () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>('.avatar-button')?.focus();
  };
  const leave = () => {
    if (!asks.value && loses()) {
      asks.value = true;
      return;
    }
    close();
    onLeave();
  };
  const show = () => {
    close();
    onSessions();
  };
  return (
    <div class="popover-root" ref={root}>
      <button
        type="button"
        class="avatar avatar-button"
        aria-label={nl.top.account(me.name)}
        aria-expanded={open}
        onClick={({ currentTarget }) => {
          currentTarget.focus(); // not every browser does: what had it in the menu goes
          asks.value = false;
          setOpen(!open);
        }}
      >
        {initials(me.name)}
      </button>
      {open && (
        <div class="popover panel" role="group" aria-label={nl.top.account(me.name)}>
          <h2>{me.name}</h2>
          {me.site !== '' && <p class="small muted">{me.site}</p>}
          {ownKeys && (
            <button type="button" class="button button-plain button-small" onClick={() => ownKeys.go()}>
              <Icon name="lock" size={16} />
              {ownKeys.says}
            </button>
          )}
          <button type="button" class="button button-plain button-small" onClick={show}>
            <Icon name="monitor" size={16} />
            {nl.sessions.title}
          </button>
          {asks.value && <Unsaved />}
          <Firm key={String(asks.value)} class="button button-plain button-small" onClick={leave}>
            <Icon name="log-out" size={16} />
            {asks.value ? nl.top.signOutAnyway : nl.top.signOut}
          </Firm>
        </div>
      )}
    </div>
  );
}
