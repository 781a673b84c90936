/**
 * Static rules of calls: callees, binds between regimes, effects inside expressions, cycles (DIR-25, BND-01, BND-05, EFF-14,
 * Q-13, PHI-12, K-09; semantics.md, X-36 as amended).
 *
 * @module
 */
import { callsIn, type Expression, type ExpressionOf, partsOf } from "./expression.ts";
import type { Meaning } from "./meaning.ts";
import { type Lookup, type Target } from "./lookup.ts";
import {
  allStatements,
  expressionsOf,
  type ModelProc,
  procsOf,
  type Statement,
} from "./program.ts";
import type { Violation } from "./violation.ts";

/** Every violation by the calls of a process. */
export function callViolations(
  lookup: Lookup,
  proc: ModelProc,
  { types: { unfit } }: Meaning,
): readonly Violation[] {
  const found: Violation[] = [];
  for (const statement of allStatements(proc.body)) {
    for (const expr of expressionsOf(statement)) {
      for (const call of callsIn(expr)) {
        const violations = violationsAt(lookup, proc, { statement, whole: expr, call, unfit });
        for (const violation of violations) found.push(violation);
      }
    }
  }
  return [...found, ...cycleViolations(lookup, proc)];
}

interface CallPlace {
  readonly statement: Statement;
  /** The statement's whole expression. */
  readonly whole: Expression;
  readonly call: ExpressionOf<"call">;
  /** The calls of the process that do not fit the operation of their name. */
  readonly unfit: ReadonlySet<ExpressionOf<"call">>;
}

function violationsAt(lookup: Lookup, proc: ModelProc, place: CallPlace): Violation[] {
  const { rules } = lookup;
  const { statement: { at }, call, whole } = place;
  const target = lookup.meaningOf(proc, call);
  switch (target.kind) {
    case "operation": {
      // In a linked set what does not fit the operation is a process that is missing.
      const isMissing = lookup.program.isLinked && !call.isStatement && place.unfit.has(call);
      if (isMissing) return [{ at, kind: "DirValidate", reaching: proc }];
      const isOld = lookup.program.stated[proc.home.artifact] === "0.1" &&
        !rules.breaks("version ignored");
      const isRight = !isOld && proc.regime === "K" && mayHaveEffects(lookup, place);
      return isRight || rules.breaks("operations go anywhere") ? [] : [{ at, kind: "DirValidate" }];
    }
    case "missing": {
      const isLoose = rules.breaks("unknown callee found late") ||
        (target.isAmbiguous && rules.breaks("an ambiguous callee fails when it is called"));
      if (isLoose) return [];
      // In a linked set it refuses only runs that can reach it.
      const isHard = !lookup.program.isLinked || call.callee === "phi_witness" ||
        (target.isAmbiguous && rules.breaks("an ambiguous callee refuses every run"));
      return [{ at, kind: "DirValidate", ...(isHard ? {} : { reaching: proc }) }];
    }
    case "intrinsic": {
      const isThere = proc.regime === "Q" || rules.breaks("Q operations anywhere");
      return isThere && isIntrinsicForm(place) ? [] : [{ at, kind: "DirValidate" }];
    }
    case "proc": {
      const isAllowed = isCallAllowed(lookup, proc, target);
      const isSpawned = whole.kind === "call" && lookup.spawnedBy(proc, whole) === call;
      const isNested = !isSpawned && !mayHaveEffects(lookup, place) &&
        lookup.isEffectful(target.proc) &&
        !rules.breaks("expressions may have effects");
      return isAllowed && !isNested ? [] : [{ at, kind: "DirValidate" }];
    }
  }
}

/** Whether an operation is the whole right side of a let, or a statement; what it yields is bound. */
function isIntrinsicForm({ statement, whole, call }: CallPlace): boolean {
  if (call !== whole) return false;
  const yields = call.callee === "q_alloc" || call.callee === "q_move";
  if (statement.kind === "Call") return !yields || statement.result !== undefined;
  const isExpr = statement.kind === "Effect" && statement.effect === "expr";
  return statement.kind === "Let" || (isExpr && !yields);
}

/** Whether a call stands where its callee may have effects. */
function mayHaveEffects(lookup: Lookup, { statement, whole, call }: CallPlace): boolean {
  const { rules } = lookup;
  if (statement.kind === "Effect" && statement.effect === "expr") {
    if (rules.breaks("an expr effect holds no call")) return false;
    return call === whole || rules.breaks("effects in calls nested in an expr effect");
  }
  return call === whole && ["Let", "Assign", "Call", "Return"].includes(statement.kind);
}

function isCallAllowed(
  lookup: Lookup,
  caller: ModelProc,
  { proc: callee }: Extract<Target, { kind: "proc" }>,
): boolean {
  const { rules } = lookup;
  if (callee.regime === caller.regime) return true;
  const isBound = (from: ModelProc, to: ModelProc) => lookup.bindsBetween(from, to).length > 0;
  const isBoundThrough = () =>
    procsOf(lookup.program).some((middle) => isBound(caller, middle) && isBound(middle, callee));
  const isLicensed = isBound(caller, callee) ||
    (rules.breaks("binds compose") && isBoundThrough());
  if (!isLicensed) return rules.breaks("no bind needed");
  return caller.regime === "K" || !lookup.isEffectful(callee) ||
    rules.breaks("Q and Φ reach effects");
}

/** A call cycle: refused at v0.1, and outside K at every version. */
function cycleViolations(lookup: Lookup, proc: ModelProc): readonly Violation[] {
  const { program, rules } = lookup;
  const reached = lookup.reachableFrom(lookup.calleesOf(proc));
  if (!reached.includes(proc)) return [];
  const cycle = reached.filter((other) =>
    lookup.reachableFrom(lookup.calleesOf(other)).includes(proc)
  );
  const isAllowed = program.version === "0.2" && cycle.every(({ regime }) => regime === "K");
  if (isAllowed || rules.breaks("recursion at v0.1")) return [];
  const closes = (expr: Expression): boolean =>
    partsOf(expr).some(closes) || (expr.kind === "call" &&
      cycle.some((other) => {
        const target = lookup.meaningOf(proc, expr);
        return target.kind === "proc" && target.proc === other;
      }));
  const closing = allStatements(proc.body).find((statement) =>
    expressionsOf(statement).some(closes)
  );
  return [{ at: closing?.at ?? proc.at, kind: "DirValidate" }];
}
