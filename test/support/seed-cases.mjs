// Cases of the seed documents: a sentence, and what it comes to on the wire.

const ENDPOINTS = ['/v2', '/scim/{connection}/v2'];

/** A case of `document`, named by its sentence and by what is seen of it. */
export const sentences =
  (document) =>
  (sentence, seen, { steps, ...more }) => ({ name: `"${sentence}": ${seen}`, source: document, steps, ...more });

/** Each case at /v2, and at its connection's own endpoint. */
export const atBothEndpoints = (cases) =>
  ENDPOINTS.flatMap((endpoint) => cases.map((one) => ({ ...one, name: `${one.name} at ${endpoint}`, endpoint })));

/** The first case at the one, the second at the other and so on: for forms of one thing, which come in long lists. */
export const atOneEndpointEach = (cases) =>
  cases.map((one, place) => ({ ...one, endpoint: ENDPOINTS[place % ENDPOINTS.length] }));
