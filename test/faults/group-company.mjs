// A company with teammates and two groups, of which the object behind the faulty Worker is the writer.

import { newCompany } from '../support/client.mjs';
import { batch, rows } from '../support/database.mjs';
import { person, populate } from '../support/population.mjs';
import { patchOp } from '../support/scim.mjs';
import { steer } from '../support/steer.mjs';

export const TEAMMATES = 30;
export const id = (number) => person(number).id;

const elements = (numbers) => numbers.map((number) => ({ value: id(number) }));

export const add = (...numbers) => patchOp({ op: 'add', path: 'members', value: elements(numbers) });
export const removeOne = (number) => patchOp({ op: 'remove', path: `members[value eq "${id(number)}"]` });
export const rename = (name) => patchOp({ op: 'replace', path: 'displayName', value: name });

export const describedAs = (text) =>
  patchOp({ op: 'replace', path: 'urn:ietf:params:scim:schemas:extension:frontapp:group:description', value: text });

export async function groupCompany() {
  const company = await newCompany();
  await batch(populate(company.companyId, TEAMMATES));
  const scim = (method, path, body) => company.faultyScim([], method, path, body);
  const make = async (displayName, numbers) => {
    const answer = await scim('POST', '/Groups', { displayName, members: elements(numbers) });
    if (answer.status !== 201)
      throw new Error(`POST /Groups answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return `/Groups/${answer.body.id}`;
  };
  const support = await make('Support', [0, 1, 2, 3]);
  const sales = await make('Sales', [0]);
  return {
    ...company,
    support,
    sales,
    /** SCIM through the faulty Worker, whose object can be steered. */
    faulty: scim,
    steering: steer(company),
    /** Numbers of the members, by the table. */
    async members(path) {
      const found = await rows(
        "SELECT teammate_id FROM memberships WHERE company_id = ? AND group_id = ? AND standing <> 'gone' ORDER BY 1",
        company.companyId,
        path.split('/').at(-1),
      );
      return found.map(({ teammate_id }) => Number(teammate_id.slice(-6)));
    },
    /** The events of one group, as [type, numbers added, numbers removed]. */
    async events(path) {
      const found = await rows('SELECT type, data FROM events WHERE company_id = ? ORDER BY seq', company.companyId);
      const numbers = ({ ids }) => ids.map((member) => Number(member.slice(-6)));
      return found
        .map(({ type, data }) => ({ type, data: JSON.parse(data) }))
        .filter(({ data }) => data.after?.id === path.split('/').at(-1))
        .map(({ type, data }) => [type, numbers(data.members_added), numbers(data.members_removed)]);
    },
    async epoch() {
      const [{ epoch }] = await rows('SELECT epoch FROM company_writers WHERE company_id = ?', company.companyId);
      return epoch;
    },
  };
}
