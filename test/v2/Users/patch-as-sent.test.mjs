// PATCH of what no schema declares: the operation is read, wherever values are kept as sent.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, newUser, patchOp } from '../../support/scim.mjs';
import { traced, writingNothing } from '../../support/tables.mjs';

const OWN = 'urn:example:schemas:MyExtension';
const LIST = [{ value: 'A', type: 'T' }, { value: 'B' }];

describe.each([OWN, ENTERPRISE, CUSTOM_FIELDS])('%s:', (urn) => {
  test.each([
    ['remove by value', { op: 'Remove', path: 'list', value: [{ value: 'A' }] }, { list: [{ value: 'B' }] }],
    ['remove of a value that is not there', { op: 'Remove', path: 'list', value: [{ value: 'zzz' }] }, { list: LIST }],
    ['remove by filter', { op: 'remove', path: 'list[value eq "A"]' }, { list: [{ value: 'B' }] }],
    ['remove by a filter that finds nothing', { op: 'remove', path: 'list[value eq "zzz"]' }, { list: LIST }],
    ['remove', { op: 'remove', path: 'list' }, {}],
    [
      'replace of a part of an element',
      { op: 'replace', path: 'list[value eq "A"].display', value: 'd' },
      { list: [{ value: 'A', type: 'T', display: 'd' }, { value: 'B' }] },
    ],
    [
      'replace of a part of an element that is made for it',
      { op: 'replace', path: 'list[value eq "C"].display', value: 'd' },
      { list: [...LIST, { value: 'C', display: 'd' }] },
    ],
    ['add of a bare value', { op: 'add', path: 'list', value: 'C' }, { list: [...LIST, 'C'] }],
    ['add of what is there', { op: 'add', path: 'list', value: [{ value: 'B' }] }, { list: LIST }],
  ])('%s', async (_, operation, expected) => {
    const company = await newCompany();
    const { id } = await newUser(company, { [urn]: { list: LIST, obj: { sub: 1 } } });
    const sent = patchOp({ ...operation, path: `${urn}:${operation.path}` });
    const { status, body } = await company.scim('PATCH', `/Users/${id}`, sent);
    expect([status, body[urn]]).toEqual([200, { obj: { sub: 1 }, ...expected }]);
    expect((await company.scim('GET', `/Users/${id}`)).body).toEqual(body);
  });

  test('a part of an object, and an object laid over another', async () => {
    const company = await newCompany();
    const { id, schemas } = await newUser(company, { [urn]: { obj: { sub: 1 } } });
    const { status, body } = await company.scim(
      'PATCH',
      `/Users/${id}`,
      patchOp(
        { op: 'replace', path: `${urn}:obj.sub`, value: 2 },
        { op: 'replace', path: `${urn}:obj`, value: { n: 3 } },
      ),
    );
    expect([status, body[urn], body.schemas]).toEqual([200, { obj: { sub: 2, n: 3 } }, schemas]);
  });
});

test('what removes nothing is noted, and writes no event', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, { [OWN]: { list: LIST } });
  const operation = { op: 'Remove', path: `${OWN}:list`, value: [{ value: 'zzz' }] };
  const { answer, events, log } = await traced(company, () =>
    company.scim('PATCH', `/Users/${id}`, patchOp(operation)),
  );
  expect([answer.status, events]).toEqual([200, []]);
  expect(log[0].notes).toEqual([`removed nothing from ${OWN}:list: what was to be removed is not there`]);
  expect(log[0].quirks).toContainEqual({ quirk: 'remove_by_value', at: `${OWN}:list` });
});

test('a path that is no path is refused and makes no attribute of its text', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, { [CUSTOM_FIELDS]: { f1: LIST } });
  const operation = { op: 'replace', path: `${CUSTOM_FIELDS}:f1[value eq`, value: 'd' };
  const { status, body } = await writingNothing(company, () =>
    company.scim('PATCH', `/Users/${id}`, patchOp(operation)),
  );
  expect([status, body.scimType, body.detail]).toEqual([
    400,
    'invalidPath',
    'The path "f1[value eq" is not valid: a value was expected after "eq".',
  ]);
});
