import { words } from './words.ts';

const HASH_CHARS_MAX = 1_024;
const SITE = /^\/w\/([\w-]{1,32})\/check$/; // ours: the address under which this page is served

interface Line {
  readonly right: boolean;
  readonly says: string;
}

/** The pins that the loader wrote behind the address; empty for none. */
const keyIn = (hash: string): string =>
  hash.length > HASH_CHARS_MAX ? '' : (new URLSearchParams(hash.slice(1)).get('k') ?? '');

/** @param hash as the loader wrote it behind the address. @param file what the chat's own origin says of its roots */
function pinsLine(hash: string, file: unknown): Line {
  const key = keyIn(hash);
  if (key === '') return { right: false, says: words.noPins };
  const { pins } = Object(file) as { pins?: unknown };
  if (!Array.isArray(pins)) return { right: false, says: words.noAnswer };
  const isSame = key.split('.').toSorted().join() === pins.map(String).toSorted().join();
  return isSame ? { right: true, says: words.pins } : { right: false, says: words.otherPins };
}

function show({ right, says }: Line) {
  const line = document.createElement('li');
  line.className = right ? 'right' : 'wrong';
  line.textContent = says;
  document.getElementById('found')?.append(line);
}

/**
 * Stands where the chat would, on a page that was opened with `#clbchat-check`: that it shows at all says that the page may
 * show the chat, since the same policy guards both. It is no chat, keeps nothing, and knows nothing of who looks.
 */
async function check() {
  const { pathname, hash } = location;
  const [, site = ''] = SITE.exec(pathname) ?? [];
  document.getElementById('chat')?.setAttribute('href', `/w/#k=${keyIn(hash)}`);
  const framed = parent !== window;
  if (!framed) return show({ right: false, says: words.alone });
  const tell = (word: 'ready' | 'exit') => parent.postMessage(word, '*'); // a word without a secret
  document.getElementById('close')?.addEventListener('click', () => tell('exit'));
  tell('ready');
  show({ right: true, says: words.script });
  show({ right: true, says: words.frame.replace('{site}', site) });
  const file: unknown = await fetch('site.json', { credentials: 'omit', cache: 'no-store' })
    .then((answer) => answer.json() as unknown)
    .catch(() => null);
  return show(pinsLine(hash, file));
}

void check();
