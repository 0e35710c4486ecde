import * as v from 'valibot';
import { afterEach, expect, test, vi } from 'vitest';
import { toBase64url } from '@clbchat/shared/base64url';
import { randomToken } from '@clbchat/shared/digest';
import { counsellorSchemas } from '@clbchat/shared/protocol/counsellor';
import { sealedSchemas } from '@clbchat/shared/protocol/sealed';
import { leaveBody, visitorAuth, visitorSchemas } from '@clbchat/shared/protocol/visitor';
import { bytes, read } from '@clbchat/shared/protocol/wire';
import { deviceCertificate, issuerCertificate } from '@clbchat/shared/statement/certificate.schema';
import { newMid, newRequestId } from '@clbchat/shared/ids';

afterEach(() => vi.restoreAllMocks());

const every: [string, v.GenericSchema][] = Object.entries({
  ...counsellorSchemas,
  ...visitorSchemas,
  ...sealedSchemas,
  visitorAuth,
  leaveBody,
  issuerCertificate,
  deviceCertificate,
});

interface Part {
  type?: string;
  pipe?: Part[];
}
/** What is done with a text, one after the other, for every text inside a schema. */
function textsIn(schema: unknown): string[][] {
  if (typeof schema !== 'object' || schema === null) return [];
  if ((schema as Part).type === 'string') return [stepsOf(schema as Part)];
  return Object.values(schema).flatMap(textsIn);
}
const stepsOf = ({ type, pipe }: Part): string[] => pipe?.flatMap(stepsOf) ?? [type ?? ''];

test.each(every)('[E66] in %s every text has a bound, and it stands before any pattern', (_name, schema) => {
  for (const steps of textsIn(schema)) {
    const bound = steps.findIndex((step) => step === 'max_length' || step === 'length');
    expect(bound, steps.join(' ')).toBeGreaterThan(0);
    expect(steps.slice(0, bound)).not.toContain('regex');
  }
});

test('[E66] that test sees texts in objects, lists, tables and choices', () => {
  const text = v.pipe(v.pipe(v.string(), v.maxLength(3)), v.regex(/a/));
  const schema = v.union([v.strictObject({ a: v.optional(v.array(text)) }), v.record(v.string(), text)]);
  const steps = ['string', 'max_length', 'regex'];
  expect(textsIn(schema)).toEqual([steps, ['string'], steps]);
});

test('[E66] the first mistake ends the reading: no pattern looks at a text beyond its bound', () => {
  const looked = vi.spyOn(RegExp.prototype, 'test');
  const long = 'a'.repeat(10_000);
  for (const input of [
    { org: long, pub: long, nbf: 1, exp: 2 },
    { org: 'CLB', pub: long, nbf: 1, exp: 2 },
  ]) {
    expect(read(issuerCertificate, input)).toBeNull();
  }
  expect(read(sealedSchemas.card, { mid: long, id: long, lang: long })).toBeNull();
  expect(looked.mock.calls.filter(([text]) => text.length > 100)).toEqual([]);
});

test('[E66] a field that is missing, too many or of another kind is refused, in a list and in a table too', () => {
  const mid = newMid();
  const plan = (steps: unknown) => read(sealedSchemas.plan, { mid, rev: 1, steps });
  const facts = (given: unknown) => read(sealedSchemas.ask, { mid, id: mid, about: 'person', facts: given });
  expect(plan([{ what: 'Bellen' }, { what: 'Gaan', where: 'school' }])).toEqual({
    mid,
    rev: 1,
    steps: [{ what: 'Bellen' }, { what: 'Gaan', where: 'school' }],
  });
  for (const steps of [{}, [[]], [{}], [{ what: 1 }], [{ what: 'x', more: 1 }], [{ what: 'x', who: null }], null]) {
    expect(plan(steps), JSON.stringify(steps)).toBeNull();
  }
  expect(plan(Array.from({ length: 4 }, () => ({ what: 'x' })))).toBeNull();
  expect(facts({ naam: 'Pieter' })).toMatchObject({ facts: { naam: 'Pieter' } });
  for (const wrong of [[], ['Pieter'], { naam: 1 }, { ['x'.repeat(33)]: '' }, { naam: 'x'.repeat(201) }, 'x', null]) {
    expect(facts(wrong), JSON.stringify(wrong)).toBeNull();
  }
  expect(read(sealedSchemas.confirm, JSON.parse(`{"mid":"${mid}","__proto__":{}}`))).toBeNull();
  expect(read(sealedSchemas.confirm, { mid, constructor: 'x' })).toBeNull();
});

test('[E66 E12] bytes come in their one spelling and length', () => {
  for (const count of [8, 16, 32, 64, 65, 145]) {
    const right = toBase64url(new Uint8Array(count).fill(255));
    expect(read(bytes(count), right)).toBe(right);
    for (const wrong of [right.slice(1), `${right}A`, `${right.slice(0, -1)}=`, `${right.slice(0, -1)}\n`, 7, null]) {
      expect(read(bytes(count), wrong)).toBeNull();
    }
    if (count % 3 > 0) expect(read(bytes(count), `${right.slice(0, -1)}_`), `${count} bytes`).toBeNull();
  }
});

test('[E67] a request id and a mid are names of 21 characters, never the same, and no bytes stand in for them', () => {
  const press = (requestId: unknown) => read(counsellorSchemas['offer:accept'], { offerNo: 1, requestId });
  const confirm = (mid: unknown) => read(sealedSchemas.confirm, { mid });
  const made = Array.from({ length: 1_000 }, () => [newRequestId(), newMid()]).flat();
  expect(new Set(made).size).toBe(2_000);
  expect([...new Set(made.join(''))].sort().join('')).toBe(
    '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
  );
  for (const name of made) {
    expect(press(name)).toEqual({ offerNo: 1, requestId: name });
    expect(confirm(name)).toEqual({ mid: name });
  }
  const right = 'A-_9'.padEnd(21, 'z');
  expect(confirm(right)).not.toBeNull();
  for (const wrong of [right.slice(1), `${right}z`, `${right.slice(1)}.`, `${right.slice(1)}\n`, randomToken(16), 7]) {
    expect(press(wrong), String(wrong)).toBeNull();
    expect(confirm(wrong), String(wrong)).toBeNull();
  }
});
