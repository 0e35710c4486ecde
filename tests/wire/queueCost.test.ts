import { expect, test } from 'vitest';
import { visitorWaits } from '../support/clients.ts';
import { startService } from '../support/service.ts';

test('[N22] sockets that ask for their state as often as they may do not make the service read the whole queue each time', async () => {
  const service = await startService();
  const visitors = [await visitorWaits(service), await visitorWaits(service), await visitorWaits(service)];
  await service.advance(1_000);
  const { queue } = service.live;
  const facts = queue.facts.bind(queue);
  let looks = 0;
  queue.facts = () => {
    looks += 1;
    return facts();
  };
  for (let asked = 0; asked < 20; asked += 1)
    for (const visitor of visitors) expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
  expect(looks).toBe(0);
  for (const visitor of visitors) visitor.leave();
  await service.stop();
});
