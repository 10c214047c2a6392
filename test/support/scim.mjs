// SCIM's names and messages, so that tests show what differs from one to the next.

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const TEAMMATE = 'urn:ietf:params:scim:schemas:extension:frontapp:teammate';
export const CUSTOM_FIELDS = 'urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const GROUP_EXTENSION = 'urn:ietf:params:scim:schemas:extension:frontapp:group';
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The body of a PATCH. */
export const patchOp = (...operations) => ({ schemas: [PATCH], Operations: operations });

/** The body of a POST to /Bulk. */
export const bulkRequest = (operations, more = {}) => ({ schemas: [BULK_REQUEST], Operations: operations, ...more });

/** The body of an answer that refuses. */
export const scimError = (status, detail, scimType) => ({
  schemas: [ERROR],
  status: `${status}`,
  ...(scimType && { scimType }),
  detail,
});

/** The query of a list narrowed by `filter`. */
export const filtered = (filter) => `/Users?filter=${encodeURIComponent(filter)}`;

/** Creates a user as the company's identity provider; resolves with the resource. */
export async function newUser({ scim }, more = {}) {
  const answer = await scim('POST', '/Users', { schemas: [USER], userName: 'rita@example.com', ...more });
  if (answer.status !== 201) throw new Error(`POST /Users answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Pushes a group as the company's identity provider; resolves with the resource. */
export async function newGroup({ scim }, displayName = 'Support', more = {}) {
  const answer = await scim('POST', '/Groups', { schemas: [GROUP], displayName, ...more });
  if (answer.status !== 201) throw new Error(`POST /Groups answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** The values of `members` of a request. */
export const named = (...ids) => ids.map((value) => ({ value }));

/** Creates one after the other, in the order of `userNames`. */
export async function newUsers(company, userNames) {
  const users = [];
  for (const userName of userNames) users.push(await newUser(company, { userName }));
  return users;
}
