import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as timing from '@clbchat/shared/client/timing';
import { heedSecondTaps } from '@clbchat/shared/client/twoTaps';

let acted: string[] = [];
let atMs = 1_000_000;

function control(html: string): HTMLElement {
  document.body.innerHTML = html;
  const one = document.body.firstElementChild;
  if (!(one instanceof HTMLElement)) throw new Error('no element');
  one.addEventListener('click', (event) => {
    event.preventDefault();
    acted.push(one.textContent);
  });
  return one;
}

interface Press {
  afterMs?: number;
  by?: 'touch' | 'mouse';
  detail?: number;
  screenX?: number;
}

/** One press, as a browser says of it that counts no taps of a finger: Safari on a phone. */
function press(on: HTMLElement, { afterMs = 5_000, by = 'touch', detail = 1, screenX = 100 }: Press = {}) {
  atMs += afterMs;
  const down = new Event('pointerdown', { bubbles: true });
  const click = new MouseEvent('click', { bubbles: true, cancelable: true, detail, screenX, screenY: 100 });
  Object.defineProperty(down, 'pointerType', { value: by });
  Object.defineProperty(click, 'timeStamp', { value: atMs });
  on.dispatchEvent(down);
  on.dispatchEvent(click);
}

describe('the second of two taps', () => {
  beforeAll(heedSecondTaps);
  beforeEach(() => (acted = []));

  const first = () => press(control('<button>Sluit</button>'));
  const soon = { afterMs: timing.secondTapMs - 1 };

  test.each<[string, string, Press, boolean]>([
    ['a finger at one place', '<button>Verstuur</button>', soon, false],
    ['a finger a little beside', '<button>Verstuur</button>', { ...soon, screenX: 139 }, false],
    ['a finger elsewhere', '<button>Verstuur</button>', { ...soon, screenX: 140 }, true],
    ['a finger later', '<button>Verstuur</button>', { afterMs: timing.secondTapMs }, true],
    ['a mouse that presses anew', '<button>Verstuur</button>', { ...soon, by: 'mouse' }, true],
    ['a mouse whose second click it is', '<button>Verstuur</button>', { ...soon, by: 'mouse', detail: 2 }, false],
    ['a key', '<button>Verstuur</button>', { ...soon, detail: 0 }, true],
    ['the same button', '<button>Sluit</button>', soon, true],
    ['a link', '<a href="https://www.wat-wat.be">wat-wat.be</a>', soon, false],
    ['a number', '<a href="tel:112">112</a>', soon, true],
    ['Snel weg', '<button class="exit">Snel weg</button>', soon, true],
    ['an icon of another name', '<button aria-label="Verstuur"></button>', soon, false],
  ])('[W123] %s acts only where it was meant', (_, html, how, acts) => {
    first();
    acted = [];
    press(control(html), how);
    expect(acted.length).toBe(acts ? 1 : 0);
  });

  test('[W123] whoever goes on tapping is heard after the time of one', () => {
    first();
    const next = control('<button>Verstuur</button>');
    for (let tap = 0; tap < 3; tap++) press(next, { afterMs: timing.secondTapMs / 2 });
    expect(acted).toEqual(['Sluit', 'Verstuur', 'Verstuur']);
  });
});
