import { afterEach, describe, expect, test, vi } from 'vitest';
import type { KeptVisit } from '@clbchat/shared/client/ports';
import { openKeep } from '../../widget/src/keep.ts';

const kept = { visitId: 'v', token: 't', vault: { rid: 'r', w: 'w' } } as unknown as KeptVisit;

describe('what a tab keeps', () => {
  afterEach(() => vi.restoreAllMocks());

  test('[W28] where the browser allows it: in the tab, through a reload, until the end', () => {
    const keep = openKeep();
    expect(keep.kind).toBe('session');
    expect(keep.read()).toBeNull();
    keep.write(kept);
    expect(openKeep().read()).toEqual(kept);
    keep.clear();
    expect(openKeep().read()).toBeNull();
  });

  test('[W28] a value of another version, or no value at all, is none', () => {
    const keep = openKeep();
    for (const strange of ['null', '{}', '"x"', 'no json']) {
      window['sessionStorage'].setItem('visit', strange);
      expect(keep.read()).toBeNull();
    }
    keep.clear();
  });

  test('[W28] where the browser throws: in memory, and it says so', () => {
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    const keep = openKeep();
    expect(keep.kind).toBe('memory');
    keep.write(kept);
    expect(keep.read()).toEqual(kept);
    expect(openKeep().read(), 'another page knows nothing of it').toBeNull();
    keep.clear();
    expect(keep.read()).toBeNull();
  });
});
