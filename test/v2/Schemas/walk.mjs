// The attributes of a resource type, as a client finds them that walks the schemas.

import { inject } from 'vitest';
import { send } from '../../support/client.mjs';

/** Common attributes, which no schema lists (RFC 7643 section 3.1), as the RFC describes them. */
const COMMON = [
  { name: 'id', type: 'string', caseExact: true, mutability: 'readOnly', returned: 'always', uniqueness: 'server' },
  {
    name: 'externalId',
    type: 'string',
    caseExact: true,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
  },
  { name: 'meta', type: 'complex', mutability: 'readOnly', returned: 'default', uniqueness: 'none', subAttributes: [] },
];

/** Every attribute with its path and, where it is an extension's, the URN. */
export async function attributesOf(resourceType) {
  const { schema: core, schemaExtensions } = await discovered(`/ResourceTypes/${resourceType}`);
  const { Resources: schemas } = await discovered('/Schemas');
  const urns = [core, ...schemaExtensions.map(({ schema }) => schema)];
  const of = (attribute, urn) => ({ path: urn ? `${urn}:${attribute.name}` : attribute.name, attribute, urn, core });
  const listed = (urn) =>
    schemas.find(({ id }) => id === urn).attributes.map((one) => of(one, urn === core ? null : urn));
  return [...COMMON.map((one) => of(one, null)), ...urns.flatMap(listed)];
}

/** The attributes and sub-attributes that hold a value themselves. */
export function leavesOf(attributes) {
  const parts = ({ path, attribute, ...schema }) =>
    attribute.subAttributes?.length
      ? attribute.subAttributes.map((sub) => ({
          path: `${path}.${sub.name}`,
          attribute: sub,
          parent: attribute,
          ...schema,
        }))
      : [{ path, attribute, ...schema }];
  return attributes.flatMap(parts).filter(({ attribute }) => attribute.type !== 'complex');
}

export function writable({ attribute, parent }) {
  return [attribute, parent ?? attribute].every(({ mutability }) => mutability === 'readWrite');
}

export function cases(leaves) {
  return leaves.map((leaf) => [leaf.path, leaf]);
}

export function sample({ path, attribute }, which = 'Sample') {
  switch (attribute.type) {
    case 'boolean':
      return which === 'Sample';
    case 'dateTime':
      return '2011-05-13T04:42:34.000Z';
    case 'binary':
      return which === 'Sample' ? 'U2FtcGxl' : 'b3RoZXI=';
    default:
      return `${which} of ${path.split(':').at(-1)}`;
  }
}

/** The part of a resource in which the attribute has that value. An element of a list needs its `main` value, too. */
export function withValue({ attribute, parent, urn, core }, value, main = 'main') {
  const members = parent ? { [parent.name]: inParent(attribute, parent, value, main) } : { [attribute.name]: value };
  return urn ? { schemas: [core, urn], [urn]: members } : members;
}

function inParent(attribute, parent, value, main) {
  // A type and a flag alone are no element.
  const name = parent.subAttributes?.find(({ name }) => ['value', 'formatted'].includes(name));
  const element = { ...(name && name.type === 'string' && { [name.name]: main }), [attribute.name]: value };
  return parent.multiValued ? [element] : element;
}

/** What a resource has there. */
export function at(resource, { attribute, parent, urn }) {
  const members = urn ? resource[urn] : resource;
  if (!parent) return members?.[attribute.name];
  const value = members?.[parent.name];
  return (Array.isArray(value) ? value[0] : value)?.[attribute.name];
}

export function swappedCase(text) {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

async function discovered(path) {
  return (await send('GET', `${inject('rollcall').baseUrl}/v2${path}`)).body;
}
