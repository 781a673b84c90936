/**
 * `linearity_enforced` follows the value: over random programs, the static verdict equals that of every path walked with values
 * that are objects. No accepted program has a path that uses a value after it was handed over, and no program is refused without
 * such a path.
 *
 * @module
 */
import { assert, assertEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { sized, testSeed } from "../../support/size.ts";
import { hasLateUseOnPath, isAccepted, valueFlowDifference } from "./value_flow.ts";
import { type Body, type Process, randomProcesses, textOf } from "./value_program.ts";

// covers: CTR-06, BND-08
Deno.test("a moved value is followed: the verdict agrees with every path walked with values that are objects", () => {
  const random = new Random(testSeed("value flow", 20261129));
  const verdicts = { accepted: 0, refused: 0 };
  const amount = sized({ quick: 100, ci: 6_000 });
  for (let count = 0; count < amount; count++) {
    const processes = randomProcesses(random);
    const refused = hasLateUseOnPath(processes);
    if (refused === undefined) continue;
    assertEquals(isAccepted(processes), !refused, textOf(processes));
    verdicts[refused ? "refused" : "accepted"]++;
  }
  assert(
    verdicts.accepted > amount / 10 && verdicts.refused > amount / 10,
    JSON.stringify(verdicts),
  );
});

Deno.test("the property of value flow finds a check that forgets assignments, one that forgets callees and one that joins too much", () => {
  const planted: readonly ((processes: readonly Process[]) => boolean)[] = [
    (processes) =>
      isAccepted(processes.map((process) => ({ ...process, body: copying(process.body) }))),
    (processes) =>
      isAccepted(
        processes.map((process) =>
          process.name === "main" ? process : { ...process, body: RETURN_NEW }
        ),
      ),
    (processes) =>
      isAccepted(processes.map((process) => ({ ...process, body: inSequence(process.body) }))),
  ];
  for (const accepts of planted) {
    const random = new Random(11);
    const isFound = Array.from({ length: 600 }, () => randomProcesses(random)).some((processes) =>
      valueFlowDifference(processes, accepts) !== undefined
    );
    assert(isFound, `planted bug ${planted.indexOf(accepts)}`);
  }
});

const RETURN_NEW: Body = [{
  kind: "return",
  value: { kind: "make", type: "S", parts: [{ kind: "number", value: 1 }] },
}];

/** The same body, where `let a = b` makes a new value. */
function copying(body: Body): Body {
  return body.map((step) => {
    switch (step.kind) {
      case "let":
      case "set": {
        const { value } = step;
        if (value.kind !== "name") return step;
        const id = { kind: "number", value: 1 } as const;
        return value.name === "q"
          ? { ...step, value: { kind: "make", type: "S", parts: [id] } }
          : step;
      }
      case "if":
        return { ...step, then: copying(step.then), otherwise: copying(step.otherwise) };
      case "while":
      case "for":
      case "forever":
        return { ...step, body: copying(step.body) };
      default:
        return step;
    }
  });
}

/** The same body, where both branches are executed, one after the other. */
function inSequence(body: Body): Body {
  return body.flatMap((step) =>
    step.kind === "if" ? [...inSequence(step.then), ...inSequence(step.otherwise)] : [step]
  );
}
