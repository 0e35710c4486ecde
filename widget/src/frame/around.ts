import { signal } from '@preact/signals';

/** The five words that cross between this frame and the page around it. Nothing else ever does. */
const WORDS = ['ready', 'open', 'minimise', 'attention', 'exit'] as const;
type Word = (typeof WORDS)[number];

const isWord = (data: unknown): data is Word => WORDS.some((word) => word === data);

interface Told {
  /** the panel came into view */
  opened(): void;
  /** Shift was pressed three times on the page around */
  leave(): void;
}

/** A parent that hides its origin, as `no-referrer` makes it do in Firefox, has the *word* `null` for one: no address. */
const HIDDEN = 'null';

/**
 * Who may frame this page stands in its policy (`frame-ancestors`). A word counts when it comes from the parent
 * itself and from the one origin that the browser names, or that spoke first.
 */
export function createFrame(told: Told, page: Window = window) {
  const embedded = page.parent !== page;
  const hasLoader = signal(false);
  const minimised = signal(false);
  const named = page.location.ancestorOrigins?.[0];
  let origin: string | undefined = named === HIDDEN ? undefined : named;

  // The words tell nothing, so a browser that hides the parent's origin may send them to whoever is the parent.
  function say(word: Word) {
    try {
      page.parent.postMessage(word, origin === undefined || origin === HIDDEN ? '*' : origin);
    } catch (error) {
      // who cannot speak to the page around still chats
      reportError(error);
    }
  }

  if (embedded) {
    page.addEventListener('message', (event) => {
      if (event.source !== page.parent || !isWord(event.data)) return;
      origin ??= event.origin;
      if (event.origin !== origin) return;
      if (event.data === 'exit') told.leave();
      if (event.data === 'minimise') minimised.value = true;
      if (event.data !== 'open') return;
      hasLoader.value = true;
      minimised.value = false;
      told.opened();
    });
  }

  /** The place in which the page stands: a school's page with a loader, a plain frame, or a window of its own. */
  const around = {
    /** a loader answered: the panel can be made small */
    hasLoader,
    minimised,
    minimise() {
      minimised.value = true;
      say('minimise');
    },
    open() {
      minimised.value = false;
      say('open');
    },
    /** a neutral mark in the title of the page around */
    attention() {
      if (hasLoader.value) say('attention');
    },
  };

  return {
    around,
    embedded,
    ready() {
      if (embedded) say('ready');
    },
    exit() {
      if (embedded) say('exit');
    },
  };
}
export type FrameLink = ReturnType<typeof createFrame>;
export type Surroundings = FrameLink['around'];
