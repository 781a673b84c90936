/**
 * Values as they flow within K (semantics.md, second round, "Binds"): which expressions may be the same value, and which
 * values hold which. A flow is every value that an expression may be.
 *
 * @module
 */

/** One value, known by identity only. */
export class FlowValue {
  /** What it holds, by field or index; `*` stands for an element at an unknown index. */
  readonly parts = new Map<string, Flow>();
}

/** The values that an expression may be. */
export type Flow = ReadonlySet<FlowValue>;

/** A value that nothing else is. */
export function freshFlow(): Flow {
  return new Set([new FlowValue()]);
}

/** A new value that holds others. */
export function holding(parts: readonly (readonly [string, Flow])[]): Flow {
  const value = new FlowValue();
  for (const [key, part] of parts) value.parts.set(key, part);
  return new Set([value]);
}

/** Any of several. */
export function anyOf(flows: readonly Flow[]): Flow {
  return new Set(flows.flatMap((flow) => [...flow]));
}

/** A part of a value: what it may be. A part that was not looked at before is one that nothing else is. */
export function partOf(flow: Flow, key: string): Flow {
  return anyOf([...flow].map((value) => {
    const same = key === "*" ? [...value.parts.keys()] : [key, "*"];
    const found = same.flatMap((each) => value.parts.get(each) ?? []);
    if (!value.parts.has(key)) {
      const part = found.length > 0 ? anyOf(found) : freshFlow();
      value.parts.set(key, part);
      return part;
    }
    return anyOf(found);
  }));
}

/** Values, and everything that they hold. */
export function withParts(flow: Flow): ReadonlySet<FlowValue> {
  const all = new Set<FlowValue>();
  const open = [...flow];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (all.has(next)) continue;
    all.add(next);
    for (const part of next.parts.values()) for (const value of part) open.push(value);
  }
  return all;
}
