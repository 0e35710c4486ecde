import { describe, expect, test } from 'vitest';
import { pinsOfFragment, pinsOfSite, trustedPins } from '../../widget/src/steps/pins.ts';
import { siteOf } from '../../widget/src/site.ts';

const [one, two, three] = ['a', 'b', 'c'].map((letter) => letter.repeat(43)) as [string, string, string];

describe('whom to trust', () => {
  test('[W23] the address and the site’s file must agree where both speak', () => {
    expect(trustedPins([one, two], [two, three])).toEqual([two]);
    expect(trustedPins([one], [three])).toEqual([]);
    expect(trustedPins([], [three])).toEqual([]);
  });

  test('[W23] one of them is enough, none is nobody', () => {
    expect(trustedPins([one], null)).toEqual([one]);
    expect(trustedPins(null, [one, two])).toEqual([one, two]);
    expect(trustedPins(null, null)).toEqual([]);
  });

  test('[W23] what is no fingerprint counts for nothing, and an unreadable address is not the same as none', () => {
    expect(pinsOfFragment(`#k=${one}.${two}`)).toEqual([one, two]);
    expect(pinsOfFragment('')).toBeNull();
    expect(pinsOfFragment('#k=')).toEqual([]);
    expect(pinsOfFragment('#k=short.<b>')).toEqual([]);
    expect(pinsOfSite({ pins: [one, 7, 'x', null] })).toEqual([one]);
    for (const file of [null, [], 'x', {}, { pins: one }]) expect(pinsOfSite(file)).toBeNull();
  });

  test('[W23] the site stands in the address', () => {
    expect(siteOf('/w/linde-2/')).toBe('linde-2');
    expect(siteOf('/w/')).toBe('');
  });
});
