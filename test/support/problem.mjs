// The `type` of a problem (RFC 9457): the entry of that name on the page of errors.

import { inject } from 'vitest';

export const problem = (name) => `${inject('rollcall').baseUrl}/errors#${name}`;
