// Random filters, and what they mean: an evaluator of its own, written from RFC 7644 section 3.4.2.2 and not from
// Rollcall.

/** Mulberry32, so that a failure can be repeated: the seed is in every failure's message. */
export function randomness(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { below, chance: (share) => next() < share, of: (list) => list[below(list.length)] };
}

const TEXT_OPERATORS = ['eq', 'eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];

/**
 * Filters over resources of one type. `attributes` are what is compared, `list` is the one among them that is asked in
 * brackets, too, with its `parts`; `flags` are booleans, and `exact` those whose letter case matters. `texts` gives
 * what an attribute is compared with.
 */
export function randomFilters(random, { attributes, list, parts, flags = [], exact, texts }) {
  function comparison(attributes) {
    const attribute = random.of(attributes);
    if (random.chance(0.1)) return { attribute, operator: 'pr' };
    if (random.chance(0.08)) return { attribute, operator: random.of(['eq', 'ne']), value: null };
    const text = random.of(texts(attribute));
    return { attribute, operator: random.of(TEXT_OPERATORS), value: text };
  }

  function randomFilter(depth = 3) {
    if (depth > 0 && random.chance(0.5)) {
      const parts = Array.from({ length: 2 + random.below(2) }, () => randomFilter(depth - 1));
      return random.chance(0.25) ? { not: parts[0] } : random.chance(0.5) ? { and: parts } : { or: parts };
    }
    if (flags.length > 0 && random.chance(0.15))
      return { attribute: random.of(flags), operator: random.of(['eq', 'ne']), value: random.chance(0.5) };
    if (random.chance(0.2)) {
      const inside = [comparison(parts), comparison(parts)];
      return { element: random.chance(0.5) ? { and: inside } : { or: inside } };
    }
    return comparison(attributes);
  }

  function written(filter) {
    const joined = (parts, word) => `(${parts.map(written).join(` ${word} `)})`;
    if (filter.not) return `not (${written(filter.not)})`;
    if (filter.and) return joined(filter.and, 'and');
    if (filter.or) return joined(filter.or, 'or');
    if (filter.element) return `${list}[${written(filter.element)}]`;
    const { attribute, operator, value } = filter;
    return operator === 'pr' ? `${attribute} pr` : `${attribute} ${operator} ${JSON.stringify(value)}`;
  }

  function holds(filter, thing) {
    if (filter.not) return !holds(filter.not, thing);
    if (filter.and) return filter.and.every((part) => holds(part, thing));
    if (filter.or) return filter.or.some((part) => holds(part, thing));
    if (filter.element) return (thing[list] ?? []).some((element) => holds(filter.element, element));
    const values = valuesOf(thing, filter.attribute.split('.'));
    return (values.length ? values : [null]).some((value) => passes(value, filter));
  }

  function valuesOf(thing, path) {
    const [name, ...rest] = path;
    const values = [thing[name] ?? []].flat();
    return rest.length ? values.flatMap((value) => valuesOf(value, rest)) : values;
  }

  function passes(found, { attribute, operator, value }) {
    const fold = (text) => (typeof text === 'string' && !exact.includes(attribute) ? text.toLowerCase() : text);
    const [one, other] = [fold(found), fold(value)];
    if (operator === 'pr') return one !== null && one !== '';
    if (operator === 'eq') return one === other;
    if (operator === 'ne') return one !== other;
    if (one === null) return false;
    const order = Buffer.compare(Buffer.from(one), Buffer.from(other));
    return {
      co: one.includes(other),
      sw: one.startsWith(other),
      ew: one.endsWith(other),
      gt: order > 0,
      ge: order >= 0,
      lt: order < 0,
      le: order <= 0,
    }[operator];
  }

  return { randomFilter, written, holds };
}
