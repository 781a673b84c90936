/**
 * The static rules in the model: every violation of a whole program, with its place (semantics, step 2).
 *
 * @module
 */
import { isLinear, linearFaults } from "./check_linear.ts";
import { handedOverFaults, sealedFaults } from "./check_paths.ts";
import { ProcChecker } from "./check_proc.ts";
import { callsIn } from "./expression.ts";
import {
  allStatements,
  bindBetween,
  calleesOf,
  endOf,
  expressionsOf,
  IDENTIFIER,
  isEffectful,
  procsOf,
  resolveIn,
  type Target,
  type Violation,
} from "./lookup.ts";
import type { ModelBind, ModelForge, ModelProc, ModelProgram } from "./program.ts";
import type { Rules } from "./rules.ts";
import { type ModelType, typeNamed } from "./types.ts";

/** Every violation of the static rules, in document order. */
export function violationsOf(program: ModelProgram, rules: Rules): readonly Violation[] {
  const found: Violation[] = [];
  const invalid = (at: number) => void found.push({ at, kind: "DirValidate" });
  for (const forge of program.forges) checkForge(program, forge, { rules, invalid });
  checkRepeated(program.forges, { rules, invalid });
  for (const proc of procsOf(program)) {
    new ProcChecker(program, proc, rules, (violation) => void found.push(violation)).check();
    checkCalls(program, proc, rules, found);
    if (proc.regime === "Q" && !proc.qualifiers.includes("linear")) {
      if (!rules.breaks("linear not required in Q")) invalid(proc.at);
    }
    if (isLinear(proc, rules)) {
      for (const at of linearFaults(proc, rules)) found.push({ at, kind: "Inadmissible" });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

interface ForgeTools {
  readonly rules: Rules;
  readonly invalid: (at: number) => void;
}

function checkForge(program: ModelProgram, forge: ModelForge, tools: ForgeTools): void {
  const { rules, invalid } = tools;
  const type = (text: string, at: number) => {
    const isKnown = typeNamed(program, forge.name, text) !== undefined;
    if (!isKnown && !rules.breaks("unknown type accepted")) invalid(at);
  };
  const name = (text: string, at: number) => void (IDENTIFIER.test(text) || invalid(at));
  checkRepeated(forge.shapes, tools);
  const paths = forge.procs.map((proc) => ({ name: `${proc.regime}::${proc.name}`, at: proc.at }));
  checkRepeated(paths, tools);
  for (const shape of forge.shapes) {
    name(shape.name, shape.at);
    checkRepeated(shape.fields, tools);
    for (const field of shape.fields) {
      name(field.name, field.at);
      type(field.ty, field.at);
    }
    if (reachesShape(program, forge, shape.name, shape.name, [])) invalid(shape.at);
  }
  for (const proc of forge.procs) {
    name(proc.name, proc.at);
    checkRepeated(proc.params, tools);
    for (const typed of [...proc.params, ...proc.locals]) type(typed.ty, typed.at);
    for (const param of proc.params) name(param.name, param.at);
    if (proc.ret !== undefined) type(proc.ret, proc.at);
    for (const use of proc.uses) {
      const deadline = use.args.find((arg) => arg.name === "deadline_us")?.value;
      const isWrong = deadline !== undefined && (typeof deadline !== "bigint" || deadline < 0n);
      if (use.resource === "Timer" && isWrong) invalid(use.at);
    }
  }
  for (const bind of forge.binds) checkBind(program, forge, bind, tools);
  forge.binds.forEach((bind, position) => {
    const ends = (other: ModelBind) =>
      [other.source, other.target].map((end) => endOf(program, forge, end));
    const [source, target] = ends(bind);
    const isAgain = forge.binds.slice(0, position).some((earlier) => {
      const [from, to] = ends(earlier);
      return source !== undefined && source === from && target !== undefined && target === to;
    });
    if (isAgain && !rules.breaks("the first of two declarations wins")) invalid(bind.at);
  });
}

function checkBind(
  program: ModelProgram,
  forge: ModelForge,
  bind: ModelBind,
  { rules, invalid }: ForgeTools,
): void {
  for (const end of [bind.source, bind.target]) {
    const isThere = endOf(program, forge, end) !== undefined;
    if (!isThere && !rules.breaks("bind to nothing accepted")) invalid(bind.at);
  }
  for (const { key, op, value, at } of bind.clauses) {
    const isTruth = ["witness_transfer", "effects_allowed", "linearity_enforced"].includes(key);
    const isWrong = isTruth
      ? op !== "==" || (value !== "true" && value !== "false")
      : key === "latency_us" && !/^[0-9]+$/.test(value);
    if (isWrong && !rules.breaks("any clause value")) invalid(at);
  }
}

function checkRepeated(
  declared: readonly { readonly name: string; readonly at: number }[],
  { rules, invalid }: ForgeTools,
): void {
  declared.forEach(({ name, at }, position) => {
    const isAgain = declared.slice(0, position).some((earlier) => earlier.name === name);
    if (isAgain && !rules.breaks("the first of two declarations wins")) invalid(at);
  });
}

function reachesShape(
  program: ModelProgram,
  forge: ModelForge,
  from: string,
  wanted: string,
  seen: readonly string[],
): boolean {
  const shape = forge.shapes.find(({ name }) => name === from);
  if (shape === undefined || seen.includes(from)) return false;
  return shape.fields.some(({ ty }) => {
    const type: ModelType | undefined = typeNamed(program, forge.name, ty);
    return type?.kind === "shape" && (type.shape.name === wanted ||
      reachesShape(program, forge, type.shape.name, wanted, [...seen, from]));
  });
}

function checkCalls(
  program: ModelProgram,
  proc: ModelProc,
  rules: Rules,
  found: Violation[],
): void {
  for (const at of sealedFaults(proc)) found.push({ at, kind: "DirValidate" });
  if (proc.regime === "K") {
    const isTaking = (callee: string) => isHandingOver(program, proc, callee, rules);
    for (const at of handedOverFaults(proc, isTaking)) found.push({ at, kind: "Inadmissible" });
  }
  for (const statement of allStatements(proc.body)) {
    const invalid = () => void found.push({ at: statement.at, kind: "DirValidate" });
    for (const expr of expressionsOf(statement)) {
      for (const call of callsIn(expr)) {
        const target = resolveIn(program, proc.forge, call.callee);
        if (!isCallAllowed(program, proc, target, rules)) invalid();
        if (target.kind !== "proc") continue;
        const isWhole = call === expr &&
          ["Let", "Assign", "Call", "Return"].includes(statement.kind);
        const isExprEffect = statement.kind === "Effect" && statement.effect === "expr" &&
          call === expr;
        const isNested = !isWhole && !isExprEffect;
        if (
          isNested && isEffectful(program, target.proc, rules) &&
          !rules.breaks("expressions may have effects")
        ) invalid();
      }
    }
  }
  checkCycle(program, proc, rules, found);
}

function isHandingOver(
  program: ModelProgram,
  caller: ModelProc,
  path: string,
  rules: Rules,
): boolean {
  const target = resolveIn(program, caller.forge, path);
  if (target.kind !== "proc" || rules.breaks("linearity_enforced ignored")) return false;
  const clauses = bindBetween(program, caller, target.proc, rules)?.clauses ?? [];
  const stated = clauses.filter(({ key }) => key === "linearity_enforced");
  return stated.length > 0 && stated.every(({ value }) => value === "true");
}

function isCallAllowed(
  program: ModelProgram,
  caller: ModelProc,
  target: Target,
  rules: Rules,
): boolean {
  switch (target.kind) {
    case "missing":
      return rules.breaks("unknown callee found late");
    case "intrinsic":
      return caller.regime === "Q" || rules.breaks("Q operations anywhere");
    case "proc": {
      const { proc: callee } = target;
      if (callee.regime === caller.regime) return true;
      const isBound = bindBetween(program, caller, callee, rules) !== undefined ||
        (rules.breaks("binds compose") && isBoundThrough(program, caller, callee, rules));
      if (!isBound) return rules.breaks("no bind needed");
      return caller.regime === "K" || !isEffectful(program, callee, rules) ||
        rules.breaks("Q and Φ reach effects");
    }
  }
}

function isBoundThrough(
  program: ModelProgram,
  caller: ModelProc,
  callee: ModelProc,
  rules: Rules,
): boolean {
  return procsOf(program).some((middle) =>
    bindBetween(program, caller, middle, rules) !== undefined &&
    bindBetween(program, middle, callee, rules) !== undefined
  );
}

/** A call cycle: refused at v0.1, and outside K at every version. The first process in it is to blame. */
function checkCycle(
  program: ModelProgram,
  proc: ModelProc,
  rules: Rules,
  found: Violation[],
): void {
  const reached = reachableFrom(program, calleesOf(program, proc));
  if (!reached.includes(proc)) return;
  const cycle = reached.filter((other) =>
    reachableFrom(program, calleesOf(program, other)).includes(proc)
  );
  const isAllowed = program.version === "0.2" && cycle.every(({ regime }) => regime === "K");
  if (isAllowed || rules.breaks("recursion at v0.1")) return;
  const closing = allStatements(proc.body).find((statement) =>
    expressionsOf(statement).flatMap(callsIn).some((call) => {
      const target = resolveIn(program, proc.forge, call.callee);
      return target.kind === "proc" && cycle.includes(target.proc);
    })
  );
  found.push({ at: closing?.at ?? proc.at, kind: "DirValidate" });
}

/** Every process that can be reached from some, those included. */
export function reachableFrom(
  program: ModelProgram,
  from: readonly ModelProc[],
): readonly ModelProc[] {
  const reached: ModelProc[] = [];
  const open = [...from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.includes(next)) continue;
    reached.push(next);
    open.push(...calleesOf(program, next));
  }
  return reached;
}
