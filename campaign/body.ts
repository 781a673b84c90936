/**
 * Bodies of generated processes, one generator for each regime. A generated body is valid or nearly so: names are used at
 * their types, linear names once, effects where the regime allows them. At run time values may still overflow, constraints
 * fail, and contracts be violated.
 *
 * @module
 */
import type { StatementTree } from "./artifact.ts";
import type { BodyPlan } from "./body_plan.ts";
import { classicalBody } from "./classical_body.ts";
import { linearBody } from "./linear_body.ts";
import { phiBody } from "./phi_body.ts";

/** The body of a process of any regime. */
export function bodyOf(plan: BodyPlan): StatementTree[] {
  switch (plan.proc.regime) {
    case "K":
      return classicalBody(plan);
    case "Q":
      return linearBody(plan);
    case "Φ":
      return phiBody(plan);
  }
}
