import type { RoomModel } from '../../model/room.ts';
import { tc } from '../../words/nlChat.ts';

export const BackFoot = ({ room }: { room: RoomModel }) => (
  <div class="ft">
    <button type="button" class="btn g" onClick={() => (room.aside.value = 'queue')}>
      {tc('wait.back')}
    </button>
  </div>
);
