/**
 * Linear use is counted on paths: over random programs with branches, loops that leave and `match`, the static verdict equals
 * that of every path walked by itself, and the log has exactly the resource events of the path that was taken.
 *
 * @module
 */
import { assert, assertEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { sized, testSeed } from "../../support/size.ts";
import { DUSTRUN, falseClaim, linearDifference, type Subject } from "./linear_paths.ts";
import { type Body, randomBody, type Step, textOf, type Tree } from "./linear_program.ts";

//
Deno.test("linear use is counted on paths: verdict and log agree with every path walked by itself", () => {
  const random = new Random(testSeed("linear paths", 20261129));
  let linear = 0, withMatch = 0;
  const amount = sized({ quick: 200, ci: 3_000, full: 6_000 });
  for (let count = 0; count < amount; count++) {
    const body = randomBody(random);
    assertEquals(linearDifference(body, DUSTRUN), undefined, textOf(body));
    if (!DUSTRUN.accepts(body)) continue;
    linear++;
    if (JSON.stringify(body).includes('"match"')) withMatch++;
  }
  assert(linear > amount / 20, `${linear} of ${amount} programs are linear`);
  assert(withMatch > amount / 200, `${withMatch} of those have a match`);
});

//
Deno.test("what is said of the uses of a linear name is true of every path, or of one where that is claimed", () => {
  const random = new Random(testSeed("linear claims", 20261130));
  let claims = 0;
  const amount = sized({ quick: 300, ci: 3_000, full: 6_000 });
  for (let count = 0; count < amount; count++) {
    const body = randomBody(random);
    assertEquals(falseClaim(body), undefined, textOf(body));
    if (!DUSTRUN.accepts(body)) claims++;
  }
  assert(claims > amount / 5, `${claims} of ${amount} programs are refused`);
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
          return linearDifference(body, subject) !== undefined;
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
