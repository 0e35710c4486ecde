import { frameOf, snippetOf, type SnippetFacts, type Wrong } from '../../console/src/model/sites/snippet.ts';

const CORS = 'crossorigin="anonymous"';
const WIDTH = 'width="400"';
const HEIGHT = 'height="600"';
/** Whose addresses look like ours. */
const VENDOR = 'http://vendor.localhost';

/** What tools and people make of what they were given, where no pupil can chat any more. @param hash of the script, as `integrity` has it */
export function refused(facts: SnippetFacts, site: string, hash: string): (readonly [string, Wrong, string])[] {
  const [tag, frame] = [snippetOf(facts, site), frameOf(facts, site)];
  const held = tag.replace('<script', `<script integrity="${hash}"`);
  const boxed = (words: string) => frame.replace('<iframe', `<iframe sandbox${words}`);
  const { chat } = facts;
  return [
    ['held against a hash without crossorigin', 'cors', held.replace(CORS, '')],
    ['held against several', 'cors', held.replace(CORS, '').replace('integrity="', 'integrity="md5-x\n')],
    ['that asks with credentials', 'cors', tag.replace(CORS, 'crossorigin="Use-Credentials"')],
    ['held against a hash that does', 'cors', held.replace(CORS, 'crossorigin=use-credentials')],
    ['of a module that does', 'cors', tag.replace(CORS, 'type="module" crossorigin=use-credentials')],
    ['closed as XML is', 'asleep', `<p>x</p>${tag.replace('></script>', ' />')}<p>x</p></body></html>`],
    ...[
      ...[
        'type=" "',
        'type="\t"',
        'type="\u00a0text/javascript"',
        'type="\u2003module"',
        'type="\ufefftext/javascript"',
      ],
      ...['type="text/javascript;charset=utf-8"', 'type="speculationrules"', 'language="vbscript"', 'nomodule'],
      ...['for="window" event="onclick"', 'for event', 'type="text/plain"'],
    ].map((words) => [`with ${words}`, 'asleep', tag.replace('<script', `<script ${words}`)] as const),
    ['with a page of its own', 'host', frame.replace('<iframe', '<iframe srcdoc="<p>x</p>"')],
    ['in a sandbox', 'sandbox', boxed('')],
    ['in a sandbox of nothing', 'sandbox', boxed('=""')],
    ['in a sandbox of scripts', 'sandbox', boxed('="allow-scripts allow-forms"')],
    ['in a sandbox of an origin', 'sandbox', boxed('="allow-same-origin allow-popups"')],
    ['in a sandbox of one word', 'sandbox', boxed('="allow-scripts,allow-same-origin"')],
    ['of no width', 'sizeless', frame.replace(WIDTH, 'width="0"')],
    ['of no height', 'sizeless', frame.replace(HEIGHT, 'height=0')],
    ['of neither', 'sizeless', frame.replace(WIDTH, 'width="0px"').replace(HEIGHT, 'height=" 00.0 "')],
    ['of no part of the width', 'sizeless', frame.replace(WIDTH, 'width="0%"')],
    ['of no width by its style', 'sizeless', frame.replace(WIDTH, `${WIDTH} style="border: 0; WIDTH : 0px"`)],
    ...[
      'height="0" style="min-height:0"',
      'height="0" style="min-height: 0px; width: 100%"',
      'height="0" style="min-height:auto"',
      'style="height:0;max-height:600px"',
      'height="600" style="max-height:0"',
      'height="0" style="min-height:;"',
    ].map((words) => [`with ${words}`, 'sizeless', frame.replace(HEIGHT, words)] as const),
    ['of no least width', 'sizeless', frame.replace(WIDTH, 'width="0" style="min-width:0%"')],
    // where it looks for the chat
    ['at a host that only begins as ours', 'host', tag.replace(`${chat}/`, `${chat}.example/`)],
    ['at another port', 'host', tag.replace(`${chat}/`, `${chat}:8080/`)],
    ['with one slash, which is of the page', 'host', tag.replace('://', ':/')],
    ['with another path', 'host', tag.replace('/v1/', '/x/v1/')],
    ['of another vendor alone', 'host', tag.replace(chat, VENDOR)],
  ];
}

/** What they make of it where she can. */
export function allowed(facts: SnippetFacts, site: string, hash: string): (readonly [string, string])[] {
  const [tag, frame] = [snippetOf(facts, site), frameOf(facts, site)];
  const held = tag.replace('<script', `<script integrity="${hash}"`);
  const boxed = (words: string) => frame.replace('<iframe', `<iframe sandbox="${words}"`);
  const { chat } = facts;
  const port = chat.startsWith('https:') ? 443 : 80;
  const [scheme = '', host = ''] = chat.split('//');
  const vendors = `<script src="${VENDOR}/v1/loader.js" data-site="x"></script>`;
  // as an editor leaves it that takes out what it does not know
  const bare = `<script async src="${chat}/v1/loader.js"></script>`;
  const wiki = `<iframe src="${VENDOR}/w/index.php?title=x#k=1" width="9" height="9"></iframe>`;
  return [
    ['held against a hash', held],
    ['with another word for it', held.replace(CORS, 'crossorigin="x"')],
    ['with no word for it', held.replace(CORS, 'crossorigin')],
    ['without crossorigin', tag.replace(CORS, '')],
    ['held against nothing', tag.replace(CORS, 'integrity=""')],
    ['of a module held against a hash', held.replace(CORS, 'type="module"')],
    ['closed as XML is before another one', `${tag.replace('></script>', ' />')}<p>x</p><script>1;</script>`],
    ...[
      ...['type=""', 'type=" Text/JScript\n"', 'type="text/javascript1.5"', 'type="text/livescript"', 'language=""'],
      ...[
        'type="application/x-ecmascript"',
        'type="module" nomodule',
        'type="module" for event',
        'language="JavaScript"',
      ],
      ...[
        'type="" language="vbscript"',
        'for="window" event="onload"',
        'for=" WINDOW " event="onload()"',
        'for="window"',
      ],
    ].map((words) => [`with ${words}`, tag.replace('<script', `<script ${words}`)] as const),
    ['in a sandbox of scripts and an origin', boxed('allow-scripts allow-same-origin')],
    ['in a sandbox written otherwise', boxed(' Allow-Same-Origin\n\tALLOW-SCRIPTS  allow-forms')],
    ['of a width below nothing', frame.replace(WIDTH, 'width="-1"')],
    ['of a width that is no number', frame.replace(WIDTH, 'width="auto"')],
    ['without a size', frame.replace(WIDTH, '').replace(HEIGHT, '')],
    ['of a width by its style', frame.replace(WIDTH, 'width="0" style="max-width: 100%; width: 100%"')],
    ['of a least width', frame.replace(WIDTH, 'style="width: 0; min-width: 100%"')],
    ['of a least height', frame.replace(HEIGHT, 'height="0" style="min-height: 600px"')],
    ['of a reckoned least height', frame.replace(HEIGHT, 'height="0" style="min-height: calc(500px + 1em)"')],
    // an address as browsers read it
    ...[tag, frame].flatMap((own) =>
      [
        ['a space before the address', ' \n', chat],
        ['a tab in the address', '', `${scheme}/\t/${host}`],
        ['its host in capitals', '', chat.toUpperCase()],
        ['a port that goes without saying', '', `${chat}:${port}`],
        ['slashes the other way', '', chat.replaceAll('/', '\\')],
        ['a step that leads back', '', `${chat}/x/..`],
      ].map(([what = '', before, at]) => [`with ${what}`, own.replace(`src="${chat}`, `src="${before}${at}`)] as const),
    ),
    ['with a space behind the address of a frame', frame.replace('" title', ' " title')],
    // what else stands in the page
    ['after the loader of another vendor', vendors + tag],
    ['before the loader of another vendor', tag + vendors],
    ['after a script that names such a loader', `<script src="about:blank" data-from="/v1/loader.js"></script>${tag}`],
    ['that names another loader before its own', tag.replace('<script', `<script data-from="${VENDOR}/v1/loader.js"`)],
    ['before a bare copy of it', tag + bare],
    ['behind a bare copy of it', bare + tag],
    ['behind a copy that says the school alone', bare.replace('<script', `<script data-site="${site}"`) + tag],
    ['behind a copy whose keys are none', bare.replace('<script', `<script data-site="${site}" data-key="?"`) + tag],
    ['of a frame behind a bare copy of the tag', bare + frame],
    ['after its own twin that sleeps', tag.replace('<script', '<script type="text/plain"') + tag],
    ['after its own twin that a browser refuses', tag.replace(CORS, 'crossorigin="use-credentials"') + tag],
    ['before its own twin that sleeps', tag + tag.replace('<script', '<script nomodule')],
    ['after a frame of a wiki', wiki + frame],
    ['after the frame of another school', frameOf(facts, 'other') + frame],
    ['after its own twin without a height', frame.replace(HEIGHT, 'height="0"') + frame],
    ['of a frame after the loader of another vendor', vendors + frame],
    ['of a frame after a tag that sleeps', tag.replace('<script', '<script type="text/plain"') + frame],
    ['of a tag after a frame of ours without a height', frame.replace(HEIGHT, 'height="0"') + tag],
  ];
}
