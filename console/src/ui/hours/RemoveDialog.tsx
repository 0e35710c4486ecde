import { without, type GridBlock } from '../../model/hours/grid.ts';
import { hours as words } from '../../words/hours.ts';
import { Dialog } from '../Dialog.tsx';
import { Firm } from '../Firm.tsx';
import { blockName, useHours } from './hours.ts';

/** Asks before a block goes. */
export function RemoveDialog({ block, onClose }: { block: GridBlock; onClose(): void }) {
  const { page, said } = useHours();
  const name = blockName(block);
  const remove = () => {
    page.setGrid(without(page.grid.peek(), block.id));
    said.value = words.block.removed(name);
    onClose();
    // what had the focus before is gone
    requestAnimationFrame(() => document.getElementById('add-block')?.focus());
  };
  return (
    <Dialog title={words.block.removeTitle(name)} onClose={onClose}>
      <div class="dialog-actions">
        <Firm class="button button-plain button-small" onClick={remove}>
          {words.block.removeYes}
        </Firm>
        <button type="button" class="button button-secondary button-small" onClick={onClose}>
          {words.block.keep}
        </button>
      </div>
    </Dialog>
  );
}
