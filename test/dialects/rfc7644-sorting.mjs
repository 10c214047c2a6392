// RFC 7644 section 3.4.2.3: sortBy and sortOrder.

import { get, query } from '../support/dialect-cases.mjs';
import { ENTERPRISE, USER } from '../support/scim.mjs';

const source = 'RFC 7644 section 3.4.2.3';

const GIVEN = {
  bea: {
    userName: 'bea@x.example',
    externalId: 'b',
    name: { familyName: 'Zuse' },
    emails: [
      { value: 'z@x.example', type: 'work' },
      { value: 'a@x.example', type: 'home', primary: true },
    ],
    [ENTERPRISE]: { department: 'C' },
  },
  ada: {
    userName: 'ADA@x.example',
    externalId: 'C',
    name: { familyName: 'adams' },
    emails: [{ value: 'm@x.example' }],
    [ENTERPRISE]: { department: 'a' },
  },
  cleo: {
    userName: 'cleo@x.example',
    externalId: 'a',
    active: false,
    title: 'Queen',
    [ENTERPRISE]: { department: 'B' },
  },
};

const sorted = (sortBy, sortOrder, list, why) => ({
  name: `${sortBy} ${sortOrder ?? '(no sortOrder)'}${why ? `: ${why}` : ''}`,
  source,
  steps: [[query('/Users', { sortBy, ...(sortOrder && { sortOrder }) }), { status: 200, list }]],
});

export default {
  idp: 'RFC 7644 sorting',
  given: GIVEN,
  cases: [
    sorted('userName', 'ascending', ['ada', 'bea', 'cleo'], 'letter case does not count'),
    sorted('userName', 'descending', ['cleo', 'bea', 'ada']),
    sorted('userName', undefined, ['ada', 'bea', 'cleo'], 'ascending is the default'),
    sorted('USERNAME', 'Descending', ['cleo', 'bea', 'ada'], 'in any letter case'),
    sorted('externalId', 'ascending', ['ada', 'cleo', 'bea'], 'letter case counts where the attribute is caseExact'),
    sorted('name.familyName', 'ascending', ['ada', 'bea', 'cleo'], 'who has no value comes last'),
    sorted('name.familyName', 'descending', ['cleo', 'bea', 'ada'], 'who has no value comes first'),
    sorted('title', 'ascending', ['cleo', 'bea', 'ada'], 'who has no value comes last, in a stable order'),
    sorted('emails.value', 'ascending', ['bea', 'ada', 'cleo'], 'the primary element counts, else the first'),
    sorted('emails', 'ascending', ['bea', 'ada', 'cleo'], 'a complex attribute is its value'),
    sorted('meta.created', 'ascending', ['bea', 'ada', 'cleo']),
    sorted('meta.created', 'descending', ['cleo', 'ada', 'bea']),
    sorted('id', 'descending', ['cleo', 'ada', 'bea']),
    sorted('active', 'ascending', ['cleo', 'bea', 'ada'], 'false before true'),
    sorted(`${USER}:userName`, 'ascending', ['ada', 'bea', 'cleo']),
    sorted(`${ENTERPRISE}:department`, 'ascending', ['ada', 'cleo', 'bea']),
    {
      name: 'pages of a sorted list neither skip nor repeat',
      source,
      steps: [
        [get('/Users?sortBy=userName&startIndex=1&count=2'), { status: 200, list: ['ada', 'bea'], total: 3 }],
        [get('/Users?sortBy=userName&startIndex=3&count=2'), { status: 200, list: ['cleo'], total: 3 }],
      ],
    },
    {
      name: 'a filtered list is sorted too',
      source,
      steps: [
        [
          query('/Users', { filter: 'externalId pr and active eq true', sortBy: 'userName', sortOrder: 'descending' }),
          { status: 200, list: ['bea', 'ada'] },
        ],
      ],
    },
    {
      name: 'a sortOrder without sortBy sorts nothing',
      source,
      steps: [[get('/Users?sortOrder=descending'), { status: 200 }]],
    },
    {
      name: 'an attribute that there is not is refused',
      source,
      steps: [[get('/Users?sortBy=shoeSize'), { status: 400, error: /./, detail: /shoeSize/ }]],
    },
    {
      name: 'the configuration advertises it',
      source: 'RFC 7643 section 5',
      steps: [[get('/ServiceProviderConfig'), { status: 200, contains: { sort: { supported: true } } }]],
    },
  ],
};
