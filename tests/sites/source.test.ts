import { expect, test } from 'vitest';
import { judgeSource, snippetOf, SOURCE_CHARS_MAX } from '../../console/src/model/sites/snippet.ts';

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
    '<script type="text/plain" data-src="https://chat.example/v1/loader.js?site=s_1&amp;x=1#k=PIN.PIN2">',
    `<script async src="https://chat.example/v1/loader.js" data-site="s_1" data-site="s_2" data-key="PIN.PIN2">`,
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
  expect(judge(tag('https://chat.example', `${both} integrity="sha384-x"`))).toEqual({ ...right, integrity: true });
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

test('[U39] a source of any kind is read once, without an end that never comes', () => {
  expect(judge('')).toEqual({ is: 'empty' });
  expect(judge('x'.repeat(SOURCE_CHARS_MAX + 1))).toEqual({ is: 'too_long' });
  const half = SOURCE_CHARS_MAX / 2;
  for (const source of [
    '<'.repeat(SOURCE_CHARS_MAX),
    '<!--'.repeat(half / 2),
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
