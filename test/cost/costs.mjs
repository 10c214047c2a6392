// What every kind of call asks of D1: round trips, rows read and rows written, by D1's own count, which is
// also its bill. The tests hold the product to it; `npm run figures` shows it in docs/FIGURES.md.
//
// Rows written count the entries of indexes as well, and rows read all that a statement walks over. The
// lists have [name, status, cost, request] of each call, and a further request where one has to come before it.
// A request is made for a company (see company.mjs); each that changes a teammate takes one of its own.

import { GROUP_READ_COSTS } from './costs/scim-groups.mjs';
import { MANAGEMENT_GROUP_COSTS } from './costs/management-groups.mjs';
import { MANAGEMENT_COSTS } from './costs/management.mjs';
import { SCIM_COSTS } from './costs/scim.mjs';

export const COSTS = { ...SCIM_COSTS, ...GROUP_READ_COSTS, ...MANAGEMENT_COSTS, ...MANAGEMENT_GROUP_COSTS };
