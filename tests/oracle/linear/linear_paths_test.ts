/**
 * Linear use is counted on paths: over random programs with branches, loops that leave and `match`, the static verdict equals
 * that of every path walked by itself, and the log has exactly the resource events of the path that was taken.
 *
 * `DUSTRUN_PROGRAMS` sets the number of programs.
 *
 * @module
 */
import { assert, assertEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { executeText, type Execution } from "../../../mod.ts";
import { codes } from "../../support/program.ts";
import { testSeed } from "../../support/size.ts";
import { everyWay } from "./choices.ts";
import { type Happening, walk } from "./linear_oracle.ts";
import { type Body, INPUTS, randomBody, type Step, textOf, type Tree } from "./linear_program.ts";
import { programs } from "./programs.ts";

/** What is compared with the oracle. */
interface Subject {
  /** Whether the program passes the static checks of linearity. */
  readonly accepts: (body: Body) => boolean;
  /** The resource events of a run. */
  readonly happenings: (body: Body, values: readonly number[]) => readonly Happening[];
}

const DUSTRUN: Subject = {
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

/** How a subject differs from the oracle; `undefined` if it does not, or if there are too many paths to tell. */
function difference(body: Body, subject: Subject): string | undefined {
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

//
Deno.test("linear use is counted on paths: verdict and log agree with every path walked by itself", () => {
  const random = new Random(testSeed("linear paths", 20261129));
  let linear = 0, withMatch = 0;
  const amount = programs({ quick: 600, ci: 6_000 });
  for (let count = 0; count < amount; count++) {
    const body = randomBody(random);
    assertEquals(difference(body, DUSTRUN), undefined, textOf(body));
    if (!DUSTRUN.accepts(body)) continue;
    linear++;
    if (JSON.stringify(body).includes('"match"')) withMatch++;
  }
  assert(linear > amount / 20, `${linear} of ${amount} programs are linear`);
  assert(withMatch > amount / 200, `${withMatch} of those have a match`);
});

Deno.test("the property of paths finds a check that looks at one arm, one that enters each loop once, and a log with both arms", () => {
  const planted: readonly Subject[] = [
    {
      ...DUSTRUN,
      accepts: (body) => DUSTRUN.accepts(body.map((step) => rewritten(step, firstArm))),
    },
    {
      ...DUSTRUN,
      accepts: (body) => DUSTRUN.accepts(body.map((step) => rewritten(step, (tree) => tree, true))),
    },
    {
      ...DUSTRUN,
      happenings: (body, values) =>
        [
          ...DUSTRUN.happenings(body, values),
          ...DUSTRUN.happenings(body, values.map((value) => value === 0 ? 1 : 0)),
        ].filter((happening, index, all) =>
          all.findIndex((other) => other.join() === happening.join()) === index
        ),
    },
  ];
  for (const subject of planted) {
    const random = new Random(7);
    const isFound = Array.from({ length: 600 }, () => randomBody(random))
      .some((body) => {
        try {
          return difference(body, subject) !== undefined;
        } catch {
          return false; // the rewritten program has other errors
        }
      });
    assert(isFound, `planted bug ${planted.indexOf(subject)}`);
  }
});

/** A step with other expressions, and with branches instead of loops if asked for. */
function rewritten(step: Step, change: (tree: Tree) => Tree, withoutLoops = false): Step {
  const inner = (body: Body) => body.map((step) => rewritten(step, change, withoutLoops));
  switch (step.kind) {
    case "let":
    case "set":
    case "emit":
    case "return":
      return { ...step, value: change(step.value) };
    case "if":
      return { ...step, then: inner(step.then), otherwise: inner(step.otherwise) };
    case "while":
    case "for":
    case "forever":
      if (!withoutLoops) return { ...step, body: inner(step.body) };
      return {
        kind: "if",
        on: 0,
        then: inner(step.body).filter(({ kind }) => kind !== "break" && kind !== "continue"),
        otherwise: [],
      };
    default:
      return step;
  }
}

function firstArm(tree: Tree): Tree {
  switch (tree.kind) {
    case "match":
      return firstArm(tree.arms[0]);
    case "make":
      return { ...tree, id: firstArm(tree.id) };
    case "add":
      return { ...tree, left: firstArm(tree.left), right: firstArm(tree.right) };
    default:
      return tree;
  }
}
