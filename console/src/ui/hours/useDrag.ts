import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { Block } from '@clbchat/shared/hours/blocks';
import { dragged, moved, resized, STEP_MIN } from '../../model/hours/grid.ts';
import { useHours } from './hours.ts';

interface Wants {
  body: RefObject<HTMLElement | null>;
  /** what the grid shows, in minutes of a day */
  firstMin: number;
  lastMin: number;
  put(block: Block, id: number | null): void;
  /** a press on an empty place, without dragging */
  ask(block: Block): void;
}

interface Drag {
  readonly is: 'make' | 'move' | 'resize';
  readonly id: number | null;
  readonly block: Block;
  readonly startMin: number;
  readonly startColumn: number;
}

const HANDLE_PX = 10;
const ASKED_MIN = 120;

/**
 * Mouse and pen on the week grid: an empty place makes a block, a block is moved, its lower edge resized. A finger scrolls, and
 * opens the window of a block by a tap.
 */
export function useDrag({ body, firstMin, lastMin, put, ask }: Wants) {
  const { page } = useHours();
  const ghost = useSignal<{ block: Block; id: number | null } | null>(null);
  const drag = useRef<Drag | null>(null);
  const lately = useRef(false);

  const columns = () => [...(body.current?.querySelectorAll<HTMLElement>('.week-day') ?? [])];
  const placeAt = ({ clientX, clientY }: PointerEvent) => {
    const all = columns();
    const boxes = all.map((one) => (one.querySelector('.week-column') ?? one).getBoundingClientRect());
    const column = boxes.findLastIndex(({ left }) => clientX >= left);
    const box = boxes[Math.max(0, column)];
    const minute = box ? firstMin + ((clientY - box.top) / box.height) * (lastMin - firstMin) : firstMin;
    return { column: Math.max(0, column), day: Number(all[Math.max(0, column)]?.dataset['day'] ?? 0), minute };
  };

  const begin = (event: PointerEvent) => {
    lately.current = false;
    if (event.pointerType === 'touch' || event.button !== 0 || !(event.target instanceof Element)) return;
    if (!event.target.closest('.week-column')) return;
    const at = placeAt(event);
    const held = event.target.closest<HTMLElement>('[data-block]');
    const own = page.grid.peek().find(({ id }) => String(id) === held?.dataset['block']);
    // the evening of a block over midnight has no end to be dragged: that stands on the next day
    const atEdge =
      held?.dataset['ends'] === 'true' ? held.getBoundingClientRect().bottom - event.clientY < HANDLE_PX : false;
    const from = Math.floor(at.minute / STEP_MIN) * STEP_MIN;
    drag.current = {
      is: own ? (atEdge ? 'resize' : 'move') : 'make',
      id: own?.id ?? null,
      block: own ?? { day: at.day, from, to: Math.min(from + ASKED_MIN, lastMin) },
      startMin: at.minute,
      startColumn: at.column,
    };
    (held ?? body.current)?.setPointerCapture?.(event.pointerId);
  };
  const resultAt = (event: PointerEvent): Block | null => {
    const now = drag.current;
    if (!now) return null;
    const at = placeAt(event);
    const by = Math.round((at.minute - now.startMin) / STEP_MIN) * STEP_MIN;
    if (now.is === 'make') return dragged(now.block.day, now.startMin, at.minute);
    if (now.is === 'resize') return by === 0 ? null : resized(now.block, by);
    const days = at.column - now.startColumn;
    return by === 0 && days === 0 ? null : moved(now.block, by, days);
  };
  const end = (event: PointerEvent) => {
    const now = drag.current;
    const block = resultAt(event);
    drag.current = null;
    ghost.value = null;
    if (!now) return;
    lately.current = block !== null;
    if (block) put(block, now.id);
    else if (now.is === 'make') ask(now.block);
  };
  return {
    ghost,
    /** whether the press that ends now moved something: it is no click then */
    wasDrag: () => lately.current,
    on: {
      onPointerDown: begin,
      onPointerMove: (event: PointerEvent) => {
        const block = resultAt(event);
        ghost.value = block && { block, id: drag.current?.id ?? null };
      },
      onPointerUp: end,
      onPointerCancel: () => {
        drag.current = null;
        ghost.value = null;
      },
    },
  };
}
