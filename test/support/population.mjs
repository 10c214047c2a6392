// A company of any size, made by SQL: what is measured against its size can't wait for 10,000 creates.

const PER_STATEMENT = 1000;
const CREATED_AT = Date.parse('2026-01-01T00:00:00Z');

/** The teammate number `i` of a population, in the form of a SCIM user: `i` counts from 0. */
export function person(i) {
  const number = String(i).padStart(6, '0');
  return {
    // Sorts by number, and before all that is created later.
    id: `tea_01jpopulation000000000${number}`,
    userName: `Person.${number}@example.com`,
    externalId: `00u${number}`,
    attributes: {
      name: { givenName: 'Person', familyName: number, formatted: `Person ${number}` },
      displayName: `Person ${number}`,
      emails: [{ value: `person.${number}@example.com`, type: 'work', primary: true }],
      title: 'Support agent',
      locale: 'en-US',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Support', employeeNumber: number },
    },
  };
}

/**
 * The statements that add `size` active teammates to a company: {sql, params}, to be run as one batch.
 * Counts and e-mails follow by the tables' own triggers.
 */
export function populate(companyId, size) {
  const statements = [];
  for (let first = 0; first < size; first += PER_STATEMENT) {
    const people = Array.from({ length: Math.min(PER_STATEMENT, size - first) }, (_, offset) => person(first + offset));
    const params = [companyId, JSON.stringify(people)];
    statements.push({ sql: INSERT_TEAMMATES, params });
  }
  return statements;
}

const INSERT_TEAMMATES = `
  INSERT INTO teammates (company_id, id, user_name, user_name_folded, external_id, state, role, origin,
    attributes, emails, version, created_at, updated_at, state_changed_at)
  SELECT ?1, value ->> 'id', value ->> 'userName', lower(value ->> 'userName'), value ->> 'externalId',
    'active', 'teammate', 'scim', value -> 'attributes', json_array(lower(value ->> 'userName')), 1, ${CREATED_AT}, ${CREATED_AT}, ${CREATED_AT}
  FROM json_each(?2)`;
