// The description of a teammate group as Microsoft Entra ID sends it: an attribute of an extension that no `schemas`
// names, in a POST as an object, in a PATCH by its path.

import { patch, post } from '../support/dialect-cases.mjs';
import { GROUP, GROUP_EXTENSION } from '../support/scim.mjs';

const FLAG = 'Microsoft docs, SCIM 2.0 compliance: aadOptscim062020';
const ATTRIBUTES = 'Microsoft docs, customize application attributes';
const REFERENCE = 'AzureAD/SCIMReferenceCode, Path.cs';
const FRONT = 'the teammate group description, mapped as Front documents it';

const TYPE = { 'content-type': 'application/scim+json' };
const DESCRIPTION = `${GROUP_EXTENSION}:description`;

const OBJECT_ID = '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159';
const CREATED = { schemas: [GROUP], externalId: OBJECT_ID, displayName: 'Sales', meta: { resourceType: 'Group' } };
const sales = { displayName: 'Sales', externalId: OBJECT_ID, members: [] };

const Add = (path, value) => ({ op: 'Add', path, value });
const Replace = (path, value) => ({ op: 'Replace', path, value });
const Remove = (path) => ({ op: 'Remove', path });

/** One PATCH of Sales, whose description is empty or `before`, and the description afterwards. */
const described = (name, source, operation, description, before) => ({
  name,
  source,
  groups: {
    sales: {
      externalId: OBJECT_ID,
      displayName: 'Sales',
      ...(before && { [GROUP_EXTENSION]: { description: before } }),
    },
  },
  steps: [
    [patch('/Groups/{sales}', operation), { status: 204, group: { ...sales, ...(description && { description }) } }],
  ],
});

export default {
  idp: 'Entra group description',
  cases: [
    {
      name: 'in a POST as an object whose URN no schemas names',
      source: ATTRIBUTES,
      steps: [
        [
          post('/Groups', { ...CREATED, [GROUP_EXTENSION]: { description: 'Sells' } }, TYPE),
          {
            status: 201,
            body: {
              schemas: [GROUP, GROUP_EXTENSION],
              externalId: OBJECT_ID,
              displayName: 'Sales',
              [GROUP_EXTENSION]: { description: 'Sells' },
              members: [],
            },
            group: { ...sales, description: 'Sells' },
          },
        ],
      ],
    },
    ...[
      ['as a flat key', { [DESCRIPTION]: 'Sells' }],
      ['with the URN in other letters', { [GROUP_EXTENSION.toUpperCase()]: { Description: 'Sells' } }],
      ['in a list of one object', { [GROUP_EXTENSION]: [{ description: 'Sells' }] }],
      ['as Entra wants names to look', { [`${GROUP_EXTENSION}:2.0:Group:description`]: 'Sells' }],
      ['as Entra wants names to look, nested', { [`${GROUP_EXTENSION}:2.0:Group`]: { description: 'Sells' } }],
    ].map((/** @type {any[]} */ [name, more]) => ({
      name: `in a POST ${name}`,
      source: REFERENCE,
      steps: [
        [post('/Groups', { ...CREATED, ...more }, TYPE), { status: 201, group: { ...sales, description: 'Sells' } }],
      ],
    })),
    ...[
      ['null for the object', { [GROUP_EXTENSION]: null }],
      ['null', { [GROUP_EXTENSION]: { description: null } }],
      ['an empty string', { [GROUP_EXTENSION]: { description: '' } }],
      ['an empty object', { [GROUP_EXTENSION]: {} }],
    ].map((/** @type {any[]} */ [name, more]) => ({
      name: `in a POST ${name} is none`,
      source: FRONT,
      steps: [[post('/Groups', { ...CREATED, ...more }, TYPE), { status: 201, group: sales }]],
    })),
    described('Add by path, no flag', ATTRIBUTES, Add(DESCRIPTION, 'Sells'), 'Sells'),
    described('Replace by path, no flag', ATTRIBUTES, Replace(DESCRIPTION, 'Sells'), 'Sells', 'Old'),
    described(
      'a flat key without a path, with the flag',
      FLAG,
      { op: 'replace', value: { [DESCRIPTION]: 'Sells' } },
      'Sells',
      'Old',
    ),
    described(
      'an object without a path',
      FLAG,
      { op: 'replace', value: { [GROUP_EXTENSION]: { description: 'Sells' } } },
      'Sells',
      'Old',
    ),
    described('an object by the path of its URN', ATTRIBUTES, Add(GROUP_EXTENSION, { description: 'Sells' }), 'Sells'),
    described('a path in other letters', ATTRIBUTES, Replace(DESCRIPTION.toUpperCase(), 'Sells'), 'Sells', 'Old'),
    described(
      'a path as Entra wants names to look',
      ATTRIBUTES,
      Add(`${GROUP_EXTENSION}:2.0:Group:description`, 'Sells'),
      'Sells',
    ),
    described('a text in a list', ATTRIBUTES, Add(DESCRIPTION, ['Sells']), 'Sells'),
    described('emptied by an empty string', ATTRIBUTES, Replace(DESCRIPTION, ''), undefined, 'Old'),
    described('emptied by null', ATTRIBUTES, Replace(DESCRIPTION, null), undefined, 'Old'),
    described('removed', ATTRIBUTES, Remove(DESCRIPTION), undefined, 'Old'),
    described('removed with the object', ATTRIBUTES, Remove(GROUP_EXTENSION), undefined, 'Old'),
    described('nulled with the object', FLAG, { op: 'replace', value: { [GROUP_EXTENSION]: null } }, undefined, 'Old'),
  ],
};
