import type { Visitor, VisitView } from '@clbchat/shared/client/views';
import type { RoomModel } from './room.ts';
import type { WithWidget } from './widget.ts';

/** What every screen of the room is given. */
export interface Inside extends WithWidget {
  readonly visitor: Visitor;
  readonly room: RoomModel;
}
export type At<Is extends VisitView['is']> = Inside & { readonly view: Extract<VisitView, { is: Is }> };
