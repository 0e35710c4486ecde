import { fireEvent, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { followKeyboard } from '../../widget/src/frame/viewport.ts';
import { now, onScreen, show } from './screen.tsx';

const SENTENCE = 'Een bestand sturen kan hier niet. Vertel in woorden wat erop staat.';

/** @returns whether the browser would go on and open it */
function drop(type: 'dragover' | 'drop', kind: string, on: Element = document.body): boolean {
  const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), {
    dataTransfer: { types: [kind] },
  });
  return fireEvent(on, event);
}

describe('a file that is dropped', () => {
  onScreen();

  test('[W59] on the chat is not opened; a sentence says so, on screen and aloud, for as long as it takes to read', async () => {
    vi.useFakeTimers();
    show();
    const taken = (type: 'dragover' | 'drop', on?: Element) => {
      let opened = true;
      now(() => (opened = drop(type, 'Files', on)));
      return !opened;
    };
    expect(taken('dragover')).toBe(true);
    expect(screen.queryByText(SENTENCE)).toBeNull();
    expect(taken('drop', screen.getByRole('main'))).toBe(true);
    expect(document.querySelector('.dropped')?.textContent).toBe(SENTENCE);
    now(() => vi.advanceTimersByTime(200));
    expect(document.getElementById('announce')?.textContent).toBe(SENTENCE);
    now(() => vi.advanceTimersByTime(8_000));
    expect(document.querySelector('.dropped')).toBeNull();
    expect(taken('drop')).toBe(true);
    expect(document.querySelector('.dropped')?.textContent).toBe(SENTENCE);
  });

  test('[W59] a text that is dropped goes where it should', () => {
    show();
    now(() => {
      expect(drop('dragover', 'text/plain')).toBe(true);
      expect(drop('drop', 'text/plain')).toBe(true);
    });
    expect(screen.queryByText(SENTENCE)).toBeNull();
  });
});

describe('a window of its own on a phone', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    document.body.removeAttribute('style');
    document.documentElement.removeAttribute('style');
  });

  test('[W54] is as high as a keyboard leaves it; a zoom of the fingers takes nothing', () => {
    const seen = Object.assign(new EventTarget(), { height: 640, offsetTop: 0, scale: 1 });
    vi.stubGlobal('visualViewport', seen);
    followKeyboard();
    const look = (to: { height: number; offsetTop: number; scale: number }) => {
      Object.assign(seen, to);
      seen.dispatchEvent(new Event('resize'));
      const { documentElement, body } = document;
      return [documentElement.style.getPropertyValue('--vvh'), body.style.transform];
    };
    expect(look({ height: 340, offsetTop: 0, scale: 1 })).toEqual(['340px', '']);
    expect(look({ height: 340, offsetTop: 120, scale: 1 })).toEqual(['340px', 'translateY(120px)']);
    expect(look({ height: 320, offsetTop: 200, scale: 2 })).toEqual(['640px', '']);
    expect(look({ height: 170, offsetTop: 0, scale: 2 })).toEqual(['340px', '']);
  });
});
