import type { Visitor, VisitView } from '@clbchat/shared/client/views';
import type { RoomModel } from '../../model/room.ts';
import type { Widget } from '../../model/widget.ts';

/** What every screen of the room is given. */
export interface Inside {
  readonly widget: Widget;
  readonly visitor: Visitor;
  readonly room: RoomModel;
}
export type At<Is extends VisitView['is']> = Inside & { readonly view: Extract<VisitView, { is: Is }> };
