import { describe, expect, test, vi } from 'vitest';
import { createFrame } from '../../widget/src/frame/around.ts';
import { createLeave } from '../../widget/src/frame/leave.ts';
import { fakeVisitor } from './fakeVisitor.ts';

const SCHOOL = 'https://school.example';
type Heard = (event: { source: unknown; origin: string; data: unknown }) => void;

/** A window inside another one, with all that was said to the other. */
function embedded(ancestor = SCHOOL) {
  const said: { word: unknown; to: string }[] = [];
  const parent = {
    // as browsers do: an address, or a star, or it throws
    postMessage(word: unknown, to: string) {
      if (to !== '*') void new URL(to);
      said.push({ word, to });
    },
  };
  let listener: Heard = () => undefined;
  const page = {
    parent,
    location: { ancestorOrigins: [ancestor] },
    addEventListener: (_type: string, heard: Heard) => (listener = heard),
  };
  const told: string[] = [];
  const frame = createFrame(
    { opened: () => told.push('opened'), leave: () => told.push('leave') },
    page as unknown as Window,
  );
  const hear = (data: unknown, source: unknown = parent, origin = SCHOOL) => listener({ source, origin, data });
  return { frame, said, told, hear, parent };
}

describe('the frame and the page around it', () => {
  test('[W21] only the five words, only from the parent, only from its origin', () => {
    const { frame, told, hear } = embedded();
    hear('open', {});
    hear('open', null);
    hear('open', window);
    hear('<b>open</b>');
    hear({ open: true });
    expect(told).toEqual([]);
    expect(frame.around.hasLoader.value).toBe(false);
    hear('open');
    expect(told).toEqual(['opened']);
    expect(frame.around.hasLoader.value).toBe(true);
    hear('minimise');
    expect(frame.around.minimised.value).toBe(true);
    hear('exit');
    expect(told).toEqual(['opened', 'leave']);
  });

  test('[W21] a word from another origin than the parent’s is not heard', () => {
    const { told, hear, frame } = embedded();
    hear('exit', undefined, 'https://evil.example');
    expect(told).toEqual([]);
    expect(frame.around.minimised.value).toBe(false);
  });

  test('[W21] a parent that hides its origin is spoken to, and believed from its first word on', () => {
    const { frame, said, hear, told } = embedded('null');
    frame.ready();
    expect(said).toEqual([{ word: 'ready', to: '*' }]);
    hear('open');
    expect(told).toEqual(['opened']);
    hear('exit', undefined, 'https://evil.example');
    expect(told).toEqual(['opened']);
    frame.around.minimise();
    expect(said[1]).toEqual({ word: 'minimise', to: SCHOOL });
  });

  test('[W21] a parent without an address hears, and is heard', () => {
    const { frame, said, hear } = embedded('null');
    hear('open', undefined, 'null');
    frame.around.minimise();
    expect(said).toEqual([{ word: 'minimise', to: '*' }]);
  });

  test('[W21] a parent that cannot be spoken to stops nothing', () => {
    const { frame, parent } = embedded();
    const reported = vi.fn<(error: unknown) => void>();
    vi.stubGlobal('reportError', reported);
    parent.postMessage = () => {
      throw new Error('gone');
    };
    frame.ready();
    frame.around.minimise();
    expect(frame.around.minimised.value).toBe(true);
    expect(reported).toHaveBeenCalledTimes(2);
    vi.unstubAllGlobals();
  });

  test('[W21] what it says is one of the five words, to the parent’s origin alone', () => {
    const { frame, said, hear } = embedded();
    frame.ready();
    frame.around.attention();
    hear('open');
    frame.around.attention();
    frame.around.minimise();
    frame.around.open();
    frame.exit();
    expect(said.map(({ word }) => word)).toEqual(['ready', 'attention', 'minimise', 'open', 'exit']);
    expect(new Set(said.map(({ to }) => to))).toEqual(new Set([SCHOOL]));
  });
});

describe('Snel weg', () => {
  function leaving(withLoader: boolean) {
    const order: string[] = [];
    const { frame, said, hear } = embedded();
    if (withLoader) hear('open');
    const fake = fakeVisitor();
    document.body.innerHTML = '<p>geheim</p>';
    const leave = createLeave({
      frame,
      keep: { kind: 'session', read: () => null, write: () => undefined, clear: () => order.push('cleared') },
      visitor: () => ({
        ...fake.visitor,
        quickExit: () => order.push(`told, page holds "${document.body.textContent}"`),
      }),
      exitUrl: () => 'https://www.meteo.be/nl',
      beacon: () => undefined,
    });
    return { leave, order, said };
  }

  test('[W1 W24] the page is blank before anything else, then nothing can resume, and the loader is told', () => {
    vi.useFakeTimers();
    const { leave, order, said } = leaving(true);
    leave();
    expect(document.documentElement.hidden).toBe(true);
    expect(order).toEqual(['told, page holds ""', 'cleared']);
    expect(said.at(-1)?.word).toBe('exit');
    document.documentElement.hidden = false;
    vi.clearAllTimers();
    vi.useRealTimers();
  });

  test('[W129] a page that is busy for a moment keeps its place, one that never takes the chat away gives it up', () => {
    vi.useFakeTimers();
    const replace = vi.fn();
    const top = vi.spyOn(window, 'top', 'get').mockReturnValue({ location: { replace } } as never);
    leaving(true).leave();
    const shown = document.body.textContent;
    vi.advanceTimersByTime(599);
    const early = replace.mock.calls.length;
    vi.advanceTimersByTime(1);
    const late = replace.mock.calls.length;
    leaving(false).leave(); // nobody is there to take it away
    top.mockRestore();
    document.documentElement.hidden = false;
    vi.useRealTimers();
    expect([shown, early, late]).toEqual(['', 0, 1]);
    expect(replace.mock.calls).toEqual([['https://www.meteo.be/nl'], ['https://www.meteo.be/nl']]);
  });

  test('[W24] a visit that has not been taken up yet is ended as well', () => {
    const bodies: string[] = [];
    const { frame, hear } = embedded();
    hear('open');
    vi.useFakeTimers();
    createLeave({
      frame,
      keep: {
        kind: 'session',
        read: () => ({ visitId: 'v', token: 't' }) as never,
        write: () => undefined,
        clear: () => undefined,
      },
      visitor: () => null,
      exitUrl: () => '',
      beacon: (body) => bodies.push(body),
    })();
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
      { visitId: 'v', token: 't', why: 'quick_exit' },
    ]);
    document.documentElement.hidden = false;
    vi.clearAllTimers();
    vi.useRealTimers();
  });
});
