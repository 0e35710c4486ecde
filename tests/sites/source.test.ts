import { expect, test } from 'vitest';
import { frameOf, judgeSource, snippetOf } from '../../console/src/model/sites/snippet.ts';
import { ELEMENTS_MAX, SOURCE_CHARS_MAX } from '../../console/src/model/sites/markup.ts';
import { allowed, refused } from './altered.ts';

const facts = { chat: 'https://chat.example', pins: ['PIN', 'PIN2'] };
const judge = (source: string) => judgeSource(source, facts, 's_1');
const right = { is: 'tag', wrong: [], integrity: false };

test('[U39] our own snippet is right, wherever it stands and however tools wrote it', () => {
  const own = snippetOf(facts, 's_1');
  for (const source of [
    own,
    `<!doctype html><p title="a > b">İİİ<${own.slice(1)}`,
    `<p><!-- ${snippetOf(facts, 's_2')} --></p>${own}`,
    `<script>document.write("<script src='https://chat.example/v1/loader.js'>")</script>${own}`,
    own.replaceAll('"', "'"),
    own.replace('<script', '<SCRIPT').replace('data-site', 'DATA-SITE'),
    '<script src=https://chat.example/v1/loader.js data-site=s_1 data-key=PIN.PIN2></script>',
    '<script type="text/plain" data-src="https://chat.example/v1/loader.js?site=s_1&amp;x=1#k=PIN.PIN2"></script>',
    `<script async src="https://chat.example/v1/loader.js" data-site="s_1" data-site="s_2" data-key="PIN.PIN2"></script>`,
  ])
    expect(judge(source), source).toEqual(right);
});

test('[U39] what is wrong is named: another school, other keys, another chat, one version alone', () => {
  const tag = (src: string, rest: string) => `<script src="${src}/v1/loader.js" ${rest}></script>`;
  const both = 'data-site="s_1" data-key="PIN.PIN2"';
  expect(judge(tag('https://chat.example', 'data-site="s_2" data-key="PIN.PIN2"'))).toMatchObject({ wrong: ['site'] });
  expect(judge(tag('https://chat.example', 'data-site="s_1" data-key="PIN"'))).toMatchObject({ wrong: ['key'] });
  expect(judge(tag('https://chat.example.evil.example', both))).toMatchObject({ wrong: ['host'] });
  expect(judge(tag('//chat.example', both))).toMatchObject({ wrong: ['host'] });
  expect(judge(tag('https://chat.example', ''))).toMatchObject({ wrong: ['site', 'key'] });
  expect(judge(tag('https://chat.example', `${both} crossorigin integrity="sha384-x"`))).toEqual({
    ...right,
    integrity: true,
  });
  const frame = (src: string) => judge(`<iframe title="x" src="${src}"></iframe>`);
  expect(frame('https://chat.example/w/s_1/#k=PIN.PIN2')).toEqual({ ...right, is: 'frame' });
  expect(frame('https://chat.example/w/s_2/#k=PIN')).toMatchObject({ wrong: ['site', 'key'] });
  expect(frame('https://evil.example/w/s_1/#k=PIN.PIN2')).toMatchObject({ wrong: ['host', 'site'] });
});

test('[U39] what stands where it is only text, or in a template, is not on the page; what comes after it is', () => {
  const own = snippetOf(facts, 's_1');
  for (const name of ['textarea', 'title', 'noscript', 'template', 'xmp', 'style', 'noembed', 'noframes']) {
    const around = `<p><${name} class="x">${own}</${name.toUpperCase()}></p>`;
    expect(judge(around), name).toEqual({ is: 'absent' });
    expect(judge(around + own), name).toEqual(right);
  }
  expect(judge(`<template><template></template>${own}</template>`)).toEqual({ is: 'absent' });
  expect(judge(`<titles>${own}</titles><template-x>${own}</template-x>`)).toEqual(right);
});

test('[U39] a tag that no browser runs is not right; one of any type that browsers run is', () => {
  const typed = (more: string) => judge(snippetOf(facts, 's_1').replace('<script', `<script ${more}`));
  for (const more of ['nomodule', 'type="text/plain"', 'type=application/json', 'TYPE="x"', `type="${'x'.repeat(99)}"`])
    expect(typed(more), more).toEqual({ ...right, wrong: ['asleep'] });
  for (const more of ['type=""', 'type="module"', 'type=" text/JavaScript "', 'type="application/javascript"'])
    expect(typed(more), more).toEqual(right);
});

test.each([
  ['in a frame', (own: string) => `<iframe src="https://map.example/">${own}</iframe>`],
  ['in a value of another tag', (own: string) => `<p title='${own}'>`],
  [
    'in a value behind very many',
    (own: string) => `<p ${Array.from({ length: 99 }, (_, n) => `a${n}`).join(' ')} c='${own}'>`,
  ],
  ['behind plaintext', (own: string) => `<plaintext>${own}`],
  ['in what is taken for a comment', (own: string) => `<!x ${own.replaceAll('>', '')}>`],
  ['in a comment that only seems to end', (own: string) => `<!-- a --! > ${own} -->`],
  ['in a script in a comment of a script', (own: string) => `<script><!-- <script></script> ${own}`],
  ['in a picture', (own: string) => `<svg>${own}</svg>`],
  ['in a formula', (own: string) => `<math><mi><mglyph>${own}</mglyph></mi></math>`],
  ['in text of a picture', (own: string) => `<svg><![CDATA[ ${own} ]]></svg>`],
  ['after a frameset', (own: string) => `<frameset></frameset>${own}`],
])('[U39] %s no browser runs it, and it is not on the page', (_where, around) => {
  expect(judge(around(snippetOf(facts, 's_1')))).toEqual({ is: 'absent' });
});

test.each([
  ['an empty comment', '<!-->'],
  ['a short comment', '<!--->'],
  ['a comment that ends with a bang', '<!-- a --!>'],
  ['what is no section of text', '<![CDATA[ > '],
  ['an end without a name', '</ x></>'],
  ['text with another end', '<title></titles></title\n a=">">'],
  ['a script with another end', '<script>"</scriptx>"</script>'],
  ['an empty comment of a script', '<script><!--><script></script>'],
  ['a picture with styles and a title', '<svg><style><g></style><title>x</title><path/></svg>'],
  ['what breaks out of a picture', '<svg><g><p>'],
  ['what broke out of a picture', '<svg><g><p>x</p>'],
  ['a picture that ends with what is around it', '<div><svg><path></div>'],
  ['HTML of a picture', '<svg><foreignObject><div>'],
  ['a word of a formula', '<math><mtext>'],
  ['a frameset of which nothing becomes', '<p>x<frameset>'],
])('[U39] after %s every browser runs it', (_what, before) => {
  expect(judge(before + snippetOf(facts, 's_1'))).toEqual(right);
});

test('[U39] a tag that never ends is no tag, and a script without its end never runs', () => {
  const own = snippetOf(facts, 's_1');
  expect(judge(own.slice(0, own.indexOf('>')))).toEqual({ is: 'absent' });
  for (const end of ['', '<', '</scripts>', '</script', '</script '])
    expect(judge(own.replace('</script>', end)), end).toEqual({ ...right, wrong: ['asleep'] });
});

test.each(refused(facts, 's_1', 'sha384-x'))('[U39] of a tag or frame %s it says %s', (_what, wrong, source) => {
  expect(judge(source)).toMatchObject({ wrong: [wrong] });
});

test('[U39] a script that some browsers refuse is not called right', () => {
  const noHash = snippetOf(facts, 's_1').replace('crossorigin="anonymous"', 'integrity="md5-x"');
  expect(judge(noHash)).toEqual({ is: 'tag', wrong: ['cors'], integrity: true });
});

test('[U39] a frame that only some browsers show is not called right', () => {
  // Chromium gives it the height of the window where the page says no doctype, and no other does
  const part = frameOf(facts, 's_1').replace('height="600"', 'height="0" style="min-height: 100%"');
  expect(judge(part)).toMatchObject({ wrong: ['sizeless'] });
});

test('[U39] of two tags of ours that run the first counts, which is the one that a page shows; of two frames the right one', () => {
  const [other, own] = [snippetOf(facts, 's_2'), snippetOf(facts, 's_1')];
  expect(judge(other + own)).toMatchObject({ is: 'tag', wrong: ['site'] });
  expect(judge(own + other)).toEqual(right);
  expect(judge(frameOf(facts, 's_2') + frameOf(facts, 's_1'))).toEqual({ ...right, is: 'frame' });
  expect(judge(other + frameOf(facts, 's_1'))).toMatchObject({ is: 'tag', wrong: ['site'] });
});

test('[U39] where nothing of ours runs it says of our own what is wrong, and not of what only looks so', () => {
  const asleep = snippetOf(facts, 's_1').replace('<script', '<script type="text/plain"');
  const vendors = '<script src="https://cdn.vendor.example/v1/loader.js"></script>';
  expect(judge(vendors + asleep)).toMatchObject({ is: 'tag', wrong: ['asleep'] });
  expect(judge(vendors + frameOf(facts, 's_1').replace('width="400"', 'width="0"'))).toMatchObject({
    ...{ is: 'frame', wrong: ['sizeless'] },
  });
  // Chromium asks for nothing by an address with a name in it
  expect(judge(snippetOf(facts, 's_1').replace('//', '//name@'))).toMatchObject({ wrong: ['host'] });
});

test.each(allowed(facts, 's_1', 'sha384-x'))('[U39] a tag or frame %s is right', (_what, source) => {
  expect(judge(source)).toMatchObject({ wrong: [] });
});

test('[U39] a source of which few tags make very many elements is not read to its end, and says so', () => {
  const leftOpen = Array.from({ length: 100 }, (_, n) => `<b id=${n}>`).join('');
  const again = (times: number) => judge(`<p>${leftOpen}${'<p>x'.repeat(times)}${snippetOf(facts, 's_1')}`);
  expect(again(ELEMENTS_MAX / 400)).toEqual(right);
  expect(again(ELEMENTS_MAX / 100)).toEqual({ is: 'tangled' });
});

test('[U39] a source of any kind is read once, without an end that never comes', () => {
  expect(judge('')).toEqual({ is: 'empty' });
  expect(judge('x'.repeat(SOURCE_CHARS_MAX + 1))).toEqual({ is: 'too_long' });
  const half = SOURCE_CHARS_MAX / 2;
  for (const source of [
    '<'.repeat(SOURCE_CHARS_MAX),
    '<!--'.repeat(half / 2),
    `<!--${'--'.repeat(half - 2)}`,
    `<!--${'->'.repeat(half - 2)}`,
    '<title></title'.repeat(half / 7),
    `<script>${'<!--<script>'.repeat(half / 8)}`,
    `<svg>${'<![CDATA[]]'.repeat(half / 8)}`,
    `<svg>${'<g>'.repeat(half / 3)}${'</x>'.repeat(half / 4 - 9)}`,
    `<svg>${'<title>'.repeat(1_000)}${'</x>'.repeat(half / 4 - 2_000)}`,
    '<template>'.repeat(half / 5),
    '<p/a='.repeat(half / 4),
    '<script '.repeat(half / 4),
    '<iframe>'.repeat(half / 4),
    `<script ${'a '.repeat(half)}`.slice(0, SOURCE_CHARS_MAX),
    `<script a="${'x'.repeat(half)}`,
    '<script',
    '<script =',
    '<script a=',
    '<script a="',
  ])
    expect(judge(source), source.slice(0, 20)).toEqual({ is: 'absent' });
});
