import { useRef } from 'preact/hooks';
import type { Desk } from '@clbchat/shared/client/views';
import { asClock } from '../../model/times.ts';
import { waitedNow } from '../../model/waiting.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { SoundHeld } from './SoundHeld.tsx';
import { RoleChip } from './RoleChip.tsx';

type Ring = Desk['rings']['value'][number];

function Offer({ ring }: { ring: Ring }) {
  const { workspace } = useConsole();
  const nowMs = workspace.nowMs.value;
  // the tick may be older than the ring
  const leftMs = Math.max(0, ring.leftMs - Math.max(0, nowMs - ring.receivedMs));
  const most = useRef(ring.leftMs);
  return (
    <li class="offer">
      <Icon name="bell-ring" />
      <div class="offer-facts">
        <b>{nl.offer.title}</b>
        <RoleChip role={ring.role} />
        <span class="small muted">{ring.lang.toUpperCase()}</span>
        <span>{nl.topics[ring.topic]}</span>
        <span class="small muted">{nl.offer.waited(asClock(waitedNow(ring, nowMs)))}</span>
      </div>
      <div class="offer-actions">
        <span class="small muted">{nl.offer.left(Math.ceil(leftMs / 1_000))}</span>
        <span class="countdown" style={{ '--left': leftMs / most.current }}>
          <Firm class="button button-primary button-small" onClick={() => workspace.accept(ring.offerNo)}>
            {nl.offer.accept}
          </Firm>
        </span>
        <Firm class="button button-plain button-small" onClick={() => workspace.desk.decline(ring.offerNo)}>
          {nl.offer.decline}
        </Firm>
      </div>
    </li>
  );
}

/** Who rings here now. Above list and chat, so that it is seen in every layout. */
export function Offers() {
  const rings = useConsole().workspace.desk.rings.value;
  if (rings.length === 0) return null;
  return (
    <section class="offers" aria-label={nl.offer.title}>
      <ul>
        {rings.map((ring) => (
          <Offer key={ring.offerNo} ring={ring} />
        ))}
      </ul>
      <SoundHeld class="offer" />
    </section>
  );
}
