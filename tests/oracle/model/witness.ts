/**
 * What a proof records: the constraints that it attests, the configuration under which they hold, and the digest of both
 * (WIT-01, WIT-09 to WIT-12, X-20, X-21; semantics.md, second round, "Witnesses").
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Binding, Names } from "./bindings.ts";
import type { Cell, Constrain, Constraints } from "./constraints.ts";
import { allStatements, type ModelProc, type StatementOf } from "./program.ts";
import type { Rules } from "./rules.ts";
import { type ModelValue, tagged } from "./values.ts";

/** What a proof is made in. */
export interface ProofContext {
  readonly proc: ModelProc;
  readonly names: Names;
  readonly rules: Rules;
  readonly constraints: Constraints;
  cellOf(binding: Binding): Cell | undefined;
}

/** The record of a proof. */
export interface WitnessRecord {
  readonly constraints: readonly string[];
  /** Tagged values by name. */
  readonly configuration: readonly (readonly [name: string, value: string])[];
}

/** The record of a proof at this moment. */
export function recordOf(
  statement: StatementOf<"Prove">,
  context: ProofContext,
): WitnessRecord {
  const { rules, names } = context;
  const attested = attestedBy(statement, context);
  const mentioned = new Map<string, Cell>();
  for (const { cells } of attested) {
    for (const [binding, cell] of cells) {
      if (binding.origin !== "parameter") mentioned.set(binding.name, cell);
    }
  }
  const params = names.params.flatMap((binding) => {
    const cell = context.cellOf(binding);
    return cell === undefined ? [] : [[binding.name, cell] as const];
  });
  const isSparse = rules.breaks("a configuration holds the parameters only");
  const isFull = rules.breaks("a configuration holds names that no constraint mentions");
  const others = isSparse
    ? []
    : isFull
    ? visibleCells(statement, context)
    : [...mentioned].sort(([, a], [, b]) => a.order - b.order);
  // An object by name: a binding that hides a parameter takes its place.
  const all = [...new Map([...params, ...others])];
  if (rules.breaks("a configuration is sorted by name")) all.sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    constraints: rules.breaks("a witness attests no constraints")
      ? []
      : attested.map(({ statement: { text } }) => text),
    configuration: all.map(([name, { value }]) => [name, tagged(value)]),
  };
}

/** The witness with this number in its run. */
export function witnessValue(
  number: number,
  proc: ModelProc,
  from: string,
  { constraints, configuration }: WitnessRecord,
): ModelValue {
  const values = configuration.map(([name, value]) => `${JSON.stringify(name)}:${value}`);
  const text =
    `{"proc":${JSON.stringify(proc.name)},"constraints":${JSON.stringify(constraints)},` +
    `"from":${JSON.stringify(from)},"configuration":{${values.join(",")}}}`;
  const string = (value: string): ModelValue => ({ kind: "String", value });
  return {
    kind: "Struct",
    ty: "PhiWitness",
    fields: new Map([
      ["kind", string("Admissible")],
      ["id", string(`Φwitness:${number}`)],
      ["constraint_digest", string(`sha256:${createHash("sha256").update(text).digest("hex")}`)],
      ["note", string("all constraints of the process hold")],
    ]),
  };
}

interface Attested {
  readonly statement: Constrain;
  readonly cells: ReadonlyMap<Binding, Cell>;
}

/** In statement order: those in force, and those of the body not yet reached whose names are bound and never assigned. */
function attestedBy(
  proof: StatementOf<"Prove">,
  context: ProofContext,
): readonly Attested[] {
  const { proc, constraints, rules } = context;
  const found = new Map<Constrain, Attested>();
  for (const entry of constraints.decided()) found.set(entry.statement, entry);
  const candidates = rules.breaks("a witness attests unreached constraints of inner blocks")
    ? allStatements(proc.body)
    : proc.body;
  for (const statement of candidates) {
    if (statement.kind !== "Constrain" || constraints.hasReached(statement)) continue;
    if (rules.breaks("a witness attests constraints above it only")) continue;
    const cells = unreachedCells(statement, context);
    if (cells !== undefined) found.set(statement, { statement, cells });
  }
  const all = [...found.values()].filter(({ cells }) => isVisible(cells, proof, context));
  if (rules.breaks("a witness attests constraints in the order reached")) return all;
  return all.sort((a, b) => a.statement.at - b.statement.at);
}

function unreachedCells(
  statement: Constrain,
  { constraints, names, rules, cellOf }: ProofContext,
): ReadonlyMap<Binding, Cell> | undefined {
  const cells = new Map<Binding, Cell>();
  for (const binding of constraints.namesOf(statement)) {
    const cell = cellOf(binding);
    const isFixed = !names.isAssigned(binding) ||
      rules.breaks("a witness attests unreached constraints on assigned names");
    if (cell === undefined || !isFixed) return undefined;
    cells.set(binding, cell);
  }
  return cells;
}

/** Whether every name still means, where the proof stands, what it means in the constraint. */
function isVisible(
  cells: ReadonlyMap<Binding, Cell>,
  proof: StatementOf<"Prove">,
  { names, cellOf }: ProofContext,
): boolean {
  const visible = names.visibleAt(proof);
  return [...cells].every(([binding, cell]) =>
    visible.get(binding.name) === binding && cellOf(binding) === cell
  );
}

function visibleCells(
  proof: StatementOf<"Prove">,
  { names, cellOf }: ProofContext,
): (readonly [string, Cell])[] {
  return [...names.visibleAt(proof)].flatMap(([name, binding]) => {
    const cell = binding.origin === "parameter" ? undefined : cellOf(binding);
    return cell === undefined ? [] : [[name, cell] as const];
  });
}
