import type { Keep } from '@clbchat/shared/client/ports';
import type { Visitor } from '@clbchat/shared/client/views';
import type { FrameLink } from './around.ts';

/**
 * A loader that does not take us away within this time is no loader. Long enough for a school's page that is busy on a slow
 * phone, and a place may still be changed so long after a press: Safari lets no frame do that a second later.
 */
const LOADER_MS = 600;

interface Parts {
  frame: FrameLink;
  keep: Keep;
  /** what was asked for and has not begun does not begin any more */
  forget?: () => void;
  visitor: () => Visitor | null;
  exitUrl: () => string;
  beacon: (body: string) => void;
}

/** `replace`, so that Back leads to the page before the chat. A window of its own is its own top. */
function leaveTop(url: string) {
  try {
    (window.top as Window).location.replace(url);
  } catch {
    location.replace(url);
  }
}

/**
 * Snel weg: in one go and in this order the page is blank, nothing on this device can resume, the service is told,
 * and the place changes. On a school's page the loader takes the chat away and the page stays; anywhere else a
 * neutral site comes.
 */
export const createLeave =
  ({ frame, keep, visitor, exitUrl, beacon, forget }: Parts) =>
  (): void => {
    document.documentElement.hidden = true;
    // the page around works while we clean up: nothing can come between within one task
    if (frame.around.hasLoader.peek()) frame.exit();
    document.body.replaceChildren();
    forget?.();
    const engine = visitor();
    if (engine) engine.quickExit();
    else {
      const kept = keep.read();
      if (kept) beacon(JSON.stringify({ visitId: kept.visitId, token: kept.token, why: 'quick_exit' }));
    }
    keep.clear();

    const url = exitUrl();
    if (!frame.around.hasLoader.peek()) return leaveTop(url);
    setTimeout(() => leaveTop(url), LOADER_MS);
  };
