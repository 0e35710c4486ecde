import type { ReadonlySignal } from '@preact/signals-core';
import type { ComponentType } from 'preact';
import type { Visitor } from '@clbchat/shared/client/views';
import type { Widget } from '../model/widget.ts';

export interface BarWords {
  title: string;
  sub: string;
  /** something waits to be seen: a mark beside the words that say what */
  mark: string;
}

/** What comes with the engine: the screens from the waiting room on. */
export interface RoomParts {
  Room: ComponentType<{ widget: Widget; visitor: Visitor }>;
}

export interface WithRoom {
  widget: Widget;
  /** null until somebody starts */
  room: ReadonlySignal<RoomParts | null>;
}

/** The visitor and the screens for a visit that is on, or over and not closed yet. */
export function livingRoom({ widget, room }: WithRoom): (RoomParts & { visitor: Visitor }) | null {
  const visitor = widget.start.visitor.value;
  const view = visitor?.view.value.is ?? 'none';
  return visitor && room.value && view !== 'none' && view !== 'joining' ? { ...room.value, visitor } : null;
}
