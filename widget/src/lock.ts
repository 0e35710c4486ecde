import type { TabLock, VisitorPorts } from '@clbchat/shared/client/ports';

/** A browser without locks relies on the service, which lets the last one in. */
const nobodyKnows: TabLock = { mine: () => false, release: () => undefined };

/** One tab of this browser for each visit, and not for all of them: brother and sister may both chat. */
export const lock: VisitorPorts['lock'] = (visitId, how) =>
  new Promise((resolve) => {
    if (!('locks' in navigator)) return resolve(nobodyKnows);
    let mine = true;
    navigator.locks
      .request(`visit ${visitId}`, how === 'take' ? { steal: true } : { ifAvailable: true }, (got) => {
        if (!got) return resolve(null);
        return new Promise<void>((free) => {
          const release = () => {
            mine = false;
            free();
          };
          resolve({ mine: () => mine, release });
        });
      })
      .catch(() => {
        // stolen by the tab where the person went on, or forbidden to this frame
        mine = false;
        resolve(nobodyKnows);
      });
  });
