import type { DeskTalk } from '@clbchat/shared/client/views';
import { nickOf } from '../model/naming.ts';
import { nl } from '../words/nl.ts';
import { useConsole } from './console.ts';
import { Dialog } from './Dialog.tsx';
import { Firm } from './Firm.tsx';

export function EndDialog({ talk }: { talk: DeskTalk }) {
  const { workspace } = useConsole();
  const close = () => (workspace.dialog.value = null);
  const end = async () => {
    close();
    workspace.tell(await talk.end('done'));
  };
  return (
    <Dialog title={nl.end.title(nickOf(talk))} onClose={close}>
      <p>{nl.end.lead}</p>
      <div class="dialog-actions">
        <Firm class="button button-primary button-small" onClick={end}>
          {nl.end.yes}
        </Firm>
        <button type="button" class="button button-plain button-small" onClick={close}>
          {nl.end.no}
        </button>
      </div>
    </Dialog>
  );
}
