// RFC 7644: create, read, replace, change, remove, what comes back of a resource, pages, and errors.

import { get, patch, patchWith, post, put, query, remove } from '../support/dialect-cases.mjs';
import { ENTERPRISE, USER } from '../support/scim.mjs';

const rfc = (section) => `RFC 7644 section ${section}`;

const MARIE = {
  userName: 'marie@sorbonne.example',
  externalId: 'mc-1867',
  name: { familyName: 'Curie', givenName: 'Marie' },
  displayName: 'Marie Curie',
  emails: [
    { value: 'marie@sorbonne.example', type: 'work', primary: true },
    { value: 'marie@home.example', type: 'home' },
  ],
  addresses: [
    { type: 'work', streetAddress: 'Rue Cuvier', locality: 'Paris', country: 'FR' },
    { type: 'home', locality: 'Sceaux' },
  ],
};
const KEPT = { schemas: [USER], ...MARIE, active: true };
const three = { ada: { userName: 'ada@x.example' }, bea: { userName: 'bea@x.example' }, cleo: { userName: 'cleo@x.example' } };

/** One PATCH of Marie. */
const patched = (name, section, operations, after) => ({ name, source: rfc(section), given: { marie: MARIE }, steps: [[patch('/Users/{marie}', ...operations), { status: 200, ...after }]] });
const becomes = (more) => ({ body: { ...KEPT, ...more } });
const refused = (name, section, operations, error) => ({
  name,
  source: rfc(section),
  given: { marie: MARIE },
  steps: [
    [patch('/Users/{marie}', ...operations), { status: 400, error }],
    [get('/Users/{marie}'), { status: 200, body: KEPT }],
  ],
});

export default {
  idp: 'RFC 7644',
  cases: [
    { name: 'create answers 201, Location and the resource', source: rfc('3.3'), steps: [[post('/Users', { schemas: [USER], ...MARIE }), { status: 201, body: KEPT, headers: { location: /\/v2\/Users\/tea_/, 'content-type': 'application/scim+json' } }]] },
    { name: 'a duplicate is 409 uniqueness', source: rfc('3.3'), given: { marie: MARIE }, steps: [[post('/Users', { schemas: [USER], ...MARIE }), { status: 409, error: 'uniqueness' }]] },
    { name: 'read of one', source: rfc('3.4.1'), given: { marie: MARIE }, steps: [[get('/Users/{marie}'), { status: 200, body: KEPT }]] },
    { name: 'read of none is 404', source: rfc('3.4.1'), steps: [[get('/Users/2819c223'), { status: 404, error: null }]] },
    { name: 'a filter that matches nothing is 200 with totalResults 0', source: rfc('3.4.2'), steps: [[query('/Users', { filter: 'userName eq "x"' }), { status: 200, list: [] }]] },
    { name: 'replace takes away what it does not name', source: rfc('3.5.1'), given: { marie: MARIE }, steps: [[put('/Users/{marie}', { schemas: [USER], userName: MARIE.userName, title: 'Professor' }), { status: 200, body: { schemas: [USER], userName: MARIE.userName, title: 'Professor', active: true } }]] },
    { name: 'a PUT never creates', source: rfc('3.5.1'), steps: [[put('/Users/chosen-by-me', { schemas: [USER], ...MARIE }), { status: 404, error: null }], [get('/Users'), { status: 200, list: [] }]] },
    { name: 'remove answers 204 and nothing, afterwards 404 for every method', source: rfc('3.6'), given: { marie: MARIE }, steps: [[remove('/Users/{marie}'), { status: 204 }], [get('/Users/{marie}'), { status: 404, error: null }], [put('/Users/{marie}', MARIE), { status: 404, error: null }], [patch('/Users/{marie}', { op: 'replace', path: 'title', value: 'x' }), { status: 404, error: null }], [remove('/Users/{marie}'), { status: 404, error: null }]] },
    { name: 'after a remove a userName can be taken again', source: rfc('3.6'), given: { marie: MARIE }, steps: [[remove('/Users/{marie}'), { status: 204 }], [post('/Users', { schemas: [USER], userName: MARIE.userName }), { status: 201 }]] },

    patched('add without a path merges', '3.5.2.1', [{ op: 'add', value: { emails: [{ value: 'm@radium.example', type: 'other' }], nickName: 'Manya' } }], becomes({ nickName: 'Manya', emails: [...MARIE.emails, { value: 'm@radium.example', type: 'other' }] })),
    patched('add to a list by path', '3.5.2.1', [{ op: 'add', path: 'emails', value: [{ value: 'm@radium.example', type: 'other' }] }], becomes({ emails: [...MARIE.emails, { value: 'm@radium.example', type: 'other' }] })),
    patched('add of one that is there changes nothing', '3.5.2.1', [{ op: 'add', path: 'emails', value: [MARIE.emails[1]] }], { body: KEPT, contains: { meta: { lastModified: '{marie.meta.lastModified}' } } }),
    patched('add to a single value replaces it', '3.5.2.1', [{ op: 'add', path: 'displayName', value: 'Mme Curie' }], becomes({ displayName: 'Mme Curie' })),
    patched('add of a complex value adds its parts', '3.5.2.1', [{ op: 'add', path: 'name', value: { middleName: 'Salomea' } }], becomes({ name: { ...MARIE.name, middleName: 'Salomea' } })),
    patched('remove of an attribute', '3.5.2.2', [{ op: 'remove', path: 'displayName' }], { body: (({ displayName: _, ...rest }) => rest)(KEPT) }),
    patched('remove of a part', '3.5.2.2', [{ op: 'remove', path: 'name.givenName' }], becomes({ name: { familyName: 'Curie' } })),
    patched('remove of all elements', '3.5.2.2', [{ op: 'remove', path: 'addresses' }], { body: (({ addresses: _, ...rest }) => rest)(KEPT) }),
    patched('remove of the elements that a filter chooses', '3.5.2.2', [{ op: 'remove', path: 'emails[type eq "home" and value ew "home.example"]' }], becomes({ emails: [MARIE.emails[0]] })),
    patched('remove of a part of the elements that a filter chooses', '3.5.2.2', [{ op: 'remove', path: 'addresses[type eq "work"].streetAddress' }], becomes({ addresses: [{ type: 'work', locality: 'Paris', country: 'FR' }, MARIE.addresses[1]] })),
    patched('replace of a list', '3.5.2.3', [{ op: 'replace', path: 'emails', value: [{ value: 'only@x.example' }] }], becomes({ emails: [{ value: 'only@x.example' }] })),
    patched('replace of a chosen element', '3.5.2.3', [{ op: 'replace', path: 'addresses[type eq "work"]', value: { type: 'work', streetAddress: '911 Universal', locality: 'Paris' } }], { contains: { addresses: [{ type: 'work', streetAddress: '911 Universal', locality: 'Paris' }, MARIE.addresses[1]] } }),
    patched('replace of a part of a chosen element', '3.5.2.3', [{ op: 'replace', path: 'addresses[type eq "work"].streetAddress', value: '1010 Broadway' }], becomes({ addresses: [{ ...MARIE.addresses[0], streetAddress: '1010 Broadway' }, MARIE.addresses[1]] })),
    patched('replace without a path', '3.5.2.3', [{ op: 'replace', value: { emails: [{ value: 'new@x.example', type: 'work', primary: true }], nickName: 'Manya' } }], becomes({ nickName: 'Manya', emails: [{ value: 'new@x.example', type: 'work', primary: true }] })),
    patched('replace of what is not there adds it', '3.5.2.3', [{ op: 'replace', path: 'title', value: 'Professor' }], becomes({ title: 'Professor' })),
    patched('operations are applied in their order', '3.5.2', [{ op: 'add', path: 'title', value: 'a' }, { op: 'remove', path: 'title' }, { op: 'add', path: 'title', value: 'b' }], becomes({ title: 'b' })),
    patched('a path with the core URN', '3.10', [{ op: 'replace', path: `${USER}:name.familyName`, value: 'Skłodowska' }], becomes({ name: { ...MARIE.name, familyName: 'Skłodowska' } })),
    patched('a path with an extension\'s URN', '3.10', [{ op: 'add', path: `${ENTERPRISE}:costCenter`, value: '88' }], becomes({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { costCenter: '88' } })),
    patched('a path that is an extension\'s URN', '3.10', [{ op: 'add', path: ENTERPRISE, value: { division: 'Physics' } }], becomes({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { division: 'Physics' } })),
    patched('a new primary unmakes the old', '3.5.2', [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }], { contains: { emails: [{ value: 'marie@sorbonne.example', type: 'work', primary: false }, { value: 'marie@home.example', type: 'home', primary: true }] } }),
    refused('a filter that matches nothing to remove', '3.5.2.2', [{ op: 'remove', path: 'emails[type eq "other"]' }], 'noTarget'),
    refused('remove without a path', '3.5.2.2', [{ op: 'remove' }], 'noTarget'),
    refused('a path that can\'t be read', '3.5.2', [{ op: 'replace', path: 'emails[type eq', value: 'x' }], 'invalidPath'),
    refused('an attribute that there is not', '3.5.2', [{ op: 'replace', path: 'title', value: 'x' }, { op: 'replace', path: 'halfLife', value: 1600 }], 'invalidPath'),
    refused('a read-only attribute by path', '3.5.2', [{ op: 'replace', path: 'meta.created', value: '1999-01-01T00:00:00Z' }], 'mutability'),
    refused('a value of the wrong type', '3.5.2', [{ op: 'replace', path: 'active', value: { yes: true } }], 'invalidValue'),
    refused('replace without a value', '3.5.2.3', [{ op: 'replace', path: 'title' }], /./),
    refused('operations after one that fails are not applied, nor those before', '3.5.2', [{ op: 'add', path: 'nickName', value: 'x' }, { op: 'remove', path: 'emails[type eq "other"]' }, { op: 'add', path: 'title', value: 'x' }], 'noTarget'),
    { name: 'a PATCH that is no JSON', source: rfc('3.12'), given: { marie: MARIE }, steps: [[patchWith('/Users/{marie}', '{'), { status: 400, error: 'invalidSyntax' }]] },
    { name: 'a PATCH that is a list', source: rfc('3.12'), given: { marie: MARIE }, steps: [[patchWith('/Users/{marie}', []), { status: 400, error: 'invalidSyntax' }]] },

    { name: 'attributes: those and what is always returned', source: rfc('3.9'), given: { marie: MARIE }, steps: [[get('/Users/{marie}?attributes=userName'), { status: 200, contains: { id: '{marie}', schemas: [USER], userName: MARIE.userName }, absent: ['emails', 'name', 'displayName', 'externalId'] }]] },
    { name: 'attributes: a sub-attribute', source: rfc('3.9'), given: { marie: MARIE }, steps: [[get('/Users/{marie}?attributes=name.familyName,emails.value'), { status: 200, contains: { name: { familyName: 'Curie' }, emails: [{ value: 'marie@sorbonne.example' }, { value: 'marie@home.example' }] }, absent: ['name.givenName', 'emails.0.type', 'userName'] }]] },
    { name: 'attributes: with a URN, in any letter case', source: rfc('3.10'), given: { marie: { ...MARIE, [ENTERPRISE]: { department: 'Physics', division: 'X' } } }, steps: [[get(`/Users/{marie}?attributes=${USER.toUpperCase()}:USERNAME,${ENTERPRISE}:department`), { status: 200, contains: { userName: MARIE.userName, [ENTERPRISE]: { department: 'Physics' } }, absent: [[ENTERPRISE, 'division'], 'emails'] }]] },
    { name: 'attributes: of a list', source: rfc('3.4.2.5'), given: { marie: MARIE }, steps: [[get('/Users?attributes=displayName'), { status: 200, list: ['marie'], contains: { Resources: [{ displayName: 'Marie Curie' }] }, absent: ['Resources.0.userName', 'Resources.0.emails'] }]] },
    { name: 'attributes: of a create', source: rfc('3.9'), steps: [[post('/Users?attributes=userName', { schemas: [USER], ...MARIE }), { status: 201, contains: { userName: MARIE.userName }, absent: ['emails', 'name'], matches: { id: /^tea_/ } }]] },
    { name: 'attributes: of a PUT', source: rfc('3.9'), given: { marie: MARIE }, steps: [[put('/Users/{marie}?attributes=userName', { schemas: [USER], ...MARIE }), { status: 200, contains: { userName: MARIE.userName }, absent: ['emails'] }]] },
    { name: 'attributes: of a PATCH', source: rfc('3.9'), given: { marie: MARIE }, steps: [[{ ...patch('/Users/{marie}?attributes=title', { op: 'add', path: 'title', value: 'Prof.' }) }, { status: 200, contains: { title: 'Prof.' }, absent: ['emails', 'userName'] }]] },
    { name: 'excludedAttributes: all but those', source: rfc('3.9'), given: { marie: MARIE }, steps: [[get('/Users/{marie}?excludedAttributes=emails,name.givenName'), { status: 200, contains: { userName: MARIE.userName, name: { familyName: 'Curie' } }, absent: ['emails', 'name.givenName'] }]] },
    { name: 'excludedAttributes: never what is always returned', source: rfc('3.9'), given: { marie: MARIE }, steps: [[get('/Users/{marie}?excludedAttributes=id,userName'), { status: 200, contains: { id: '{marie}' }, absent: ['userName'] }]] },
    { name: 'excludedAttributes: of a list', source: rfc('3.4.2.5'), given: { marie: MARIE }, steps: [[get('/Users?excludedAttributes=emails'), { status: 200, list: ['marie'], absent: ['Resources.0.emails'] }]] },

    { name: 'startIndex below 1 is 1', source: rfc('3.4.2.4'), given: three, steps: [[get('/Users?startIndex=0&count=2'), { status: 200, list: ['ada', 'bea'], total: 3, contains: { startIndex: 1 } }], [get('/Users?startIndex=-5&count=1'), { status: 200, list: ['ada'], total: 3 }]] },
    { name: 'a negative count is 0', source: rfc('3.4.2.4'), given: three, steps: [[get('/Users?count=-1'), { status: 200, list: [], total: 3, contains: { itemsPerPage: 0 } }]] },
    { name: 'count 0 gives the total alone', source: rfc('3.4.2.4'), given: three, steps: [[get('/Users?count=0'), { status: 200, list: [], total: 3 }]] },
    { name: 'a count above what is there', source: rfc('3.4.2.4'), given: three, steps: [[get('/Users?count=5000'), { status: 200, list: ['ada', 'bea', 'cleo'] }]] },
    { name: 'a startIndex behind the end is an empty page', source: rfc('3.4.2.4'), given: three, steps: [[get('/Users?startIndex=4'), { status: 200, list: [], total: 3, contains: { startIndex: 4 } }]] },
    { name: 'the total of a filter is of what it matches', source: rfc('3.4.2.4'), given: three, steps: [[query('/Users', { filter: 'userName eq "bea@x.example"', count: 1 }), { status: 200, list: ['bea'] }]] },

    { name: 'a filter that can\'t be read', source: rfc('3.12'), steps: [[query('/Users', { filter: 'userName eq' }), { status: 400, error: 'invalidFilter' }]] },
    { name: 'a body that is no JSON', source: rfc('3.12'), steps: [[post('/Users', 'userName=x'), { status: 400, error: 'invalidSyntax' }]] },
    { name: 'a body that is no object', source: rfc('3.12'), steps: [[post('/Users', '[]'), { status: 400, error: 'invalidSyntax' }]] },
    { name: 'no body at all', source: rfc('3.12'), steps: [[post('/Users', ''), { status: 400, error: 'invalidSyntax' }]] },
    { name: 'a method that a resource does not take names those that it does', source: 'RFC 9110 section 15.5.6', given: { marie: MARIE }, steps: [[post('/Users/{marie}', {}), { status: 405, error: null, headers: { allow: /PATCH/ } }]] },
    { name: 'discovery takes GET alone', source: rfc('4'), steps: [[post('/Schemas', {}), { status: 405, error: null }], [remove('/ResourceTypes'), { status: 405, error: null }], [put('/ServiceProviderConfig', {}), { status: 405, error: null }]] },
    { name: 'discovery refuses a filter', source: rfc('4'), steps: [[query('/Schemas', { filter: 'id eq "x"' }), { status: 403, error: null }], [query('/ResourceTypes', { filter: 'name eq "User"' }), { status: 403, error: null }]] },
    { name: 'no token is 401 with the scheme to use', source: rfc('2'), steps: [[{ ...get('/Users'), token: null }, { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } }]] },
    { name: 'the scheme of the token is read without regard to letter case', source: 'RFC 9110 section 11.1', given: { marie: MARIE }, steps: [[{ ...get('/Users/{marie}', { authorization: 'bEARER {token}' }), token: null }, { status: 200 }]] },
  ],
};
