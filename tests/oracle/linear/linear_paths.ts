/**
 * Linear use of a program, compared with every path walked by itself: the static verdict, and the resource events of runs.
 *
 * @module
 */
import { assertEquals } from "../../../std/assert.ts";
import { executeText, type Execution } from "../../../mod.ts";
import { codes, violations } from "../../support/program.ts";
import { everyWay } from "./choices.ts";
import { type Happening, walk } from "./linear_oracle.ts";
import { type Body, INPUTS, textOf } from "./linear_program.ts";

/** What is compared with the oracle. */
export interface Subject {
  /** Whether the program passes the static checks of linearity. */
  readonly accepts: (body: Body) => boolean;
  /** The resource events of a run. */
  readonly happenings: (body: Body, values: readonly number[]) => readonly Happening[];
}

/** dustrun. */
export const DUSTRUN: Subject = {
  accepts: (body) => {
    const found = codes(textOf(body));
    const others = found.filter((code) => !code.startsWith("DR04") && code !== UNREACHABLE);
    assertEquals(others, [], textOf(body));
    return !found.some((code) => code.startsWith("DR04"));
  },
  happenings: (body, [c0 = 0, c1 = 0]) => {
    const input = { entry: "f", args: { x: { id: X }, t: { c0, c1 } }, limits: { max_ticks: 60 } };
    return executeText(textOf(body), input).events.flatMap(happeningsOf);
  },
};

const X = 2;

/** Effects or returns after a return: on no path, but a fault all the same. */
const UNREACHABLE = "DR0210";

/** More paths than this are not walked. */
const PATHS_MAX = 3_000;

function happeningsOf(event: Execution["events"][number]): readonly Happening[] {
  switch (event.kind) {
    case "q_alloc":
      return [["bound", event.name]];
    case "q_consume":
      return [["gone", event.name]];
    case "q_move":
      return [["gone", event.from], ["bound", event.to]];
    default:
      return [];
  }
}

/** Whether what a diagnostic says of the uses of a name is true of the paths; of each code, what it claims. */
const CLAIMS: { readonly [code: string]: ((counts: readonly number[]) => boolean) | undefined } = {
  DR0401: (counts) => counts.some((count) => count > 1),
  DR0402: (counts) => counts.every((count) => count === 0) && counts.length > 0,
  DR0404: (counts) => counts.some((count) => count > 1),
  DR0406: (counts) => counts.some((count) => count > 0) && new Set(counts).size > 1,
};

/** A diagnostic with a false claim about a name that is bound once; `undefined` if there is none, or if there are too many paths. */
export function falseClaim(body: Body): string | undefined {
  const found = violations(textOf(body)).filter(({ code }) => CLAIMS[code] !== undefined);
  if (found.length === 0) return undefined;
  const paths = everyWay((choose) => walk(body, { kind: "free", choose }), PATHS_MAX);
  if (paths === undefined) return undefined;
  const uses = Map.groupBy(paths.flatMap((path) => path.uses), ([name]) => name);
  const reassigned = JSON.stringify(body).matchAll(/"kind":"set","name":"(\w+)"/g);
  const several = new Set([...reassigned].map((match) => match[1]));
  for (const { code, message } of found) {
    const [name = ""] = /^\w+/.exec(message) ?? [];
    const counts = (uses.get(name) ?? []).map(([, count]) => count);
    if (several.has(name) || CLAIMS[code]?.(counts) === true) continue;
    return `${code} ${message}: used ${[...new Set(counts)].sort().join(", ")} times`;
  }
  return undefined;
}

/** How a subject differs from the oracle; `undefined` if it does not, or if there are too many paths to tell. */
export function linearDifference(body: Body, subject: Subject): string | undefined {
  const paths = everyWay((choose) => walk(body, { kind: "free", choose }), PATHS_MAX);
  if (paths === undefined) return undefined;
  const isLinear = paths.every((path) => path.isLinear);
  if (subject.accepts(body) !== isLinear) return `the verdict is not ${isLinear}`;
  if (!isLinear || codes(textOf(body)).length > 0) return undefined;
  for (let c0 = 0; c0 < 3; c0++) {
    for (let c1 = 0; c1 < INPUTS; c1++) {
      const expected = walk(body, { kind: "inputs", values: [c0, c1], x: X }).happenings;
      const found = subject.happenings(body, [c0, c1]);
      // A run that never ends stops earlier than the walk.
      const compared = expected.slice(
        0,
        Math.max(found.length, expected.length < 60 ? expected.length : 0),
      );
      if (JSON.stringify(found) !== JSON.stringify(compared)) {
        return `other events for ${c0}, ${c1}`;
      }
    }
  }
  return undefined;
}
