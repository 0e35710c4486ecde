import { devices as words } from '../../words/devices.ts';
import { Dialog } from '../Dialog.tsx';
import { Firm } from '../Firm.tsx';

interface Props {
  /** a computer on which somebody chats, or what a coordinator signs with */
  what: keyof typeof words.takeAway;
  who: string;
  onYes(): void;
  onClose(): void;
}

/** What puts somebody out at once is asked first: a second press of a hand would take what came to stand there [O26]. */
export function TakeAwayDialog({ what, who, onYes, onClose }: Props) {
  const { title, lead, yes } = words.takeAway[what];
  return (
    <Dialog title={title(who)} onClose={onClose}>
      <p>{lead}</p>
      <div class="dialog-actions">
        <Firm class="button button-danger button-small" onClick={onYes}>
          {yes}
        </Firm>
        <button type="button" class="button button-plain button-small" onClick={onClose}>
          {words.cancel}
        </button>
      </div>
    </Dialog>
  );
}
