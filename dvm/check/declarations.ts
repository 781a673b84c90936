/**
 * Declarations: each entity is unique in its namespace, every type resolves, shapes are finite (DIR-04, TYP-01).
 *
 * @module
 */
import type { Forge, Local, Proc, Program, Use } from "../dir/model.ts";
import type { Place } from "../dir/place.ts";
import { renderUse } from "../dir/notation.ts";
import type { Field, Shape, Type } from "../dir/type.ts";
import { isPrimitive } from "../dir/type_names.ts";
import { isTooLarge, shapeIn, shapeSize, typeSize } from "../dir/type_size.ts";
import { type At, tooLarge, type Violation } from "../typing/violation.ts";
import { checkAliases } from "./aliases.ts";
import type { Report } from "./report.ts";
import { unknownIn, unknownType } from "./unknown_type.ts";
import { cyclesOf } from "./strong_components.ts";

/**
 * Reserved words, which cannot be declared names: expressions and statements of the language begin with them. The words that newer
 * versions have added stay usable as names.
 */
const RESERVED: readonly string[] = [
  "true",
  "false",
  "match",
  "let",
  "constrain",
  "prove",
  "emit",
  "observe",
  "seal",
  "return",
  "forge",
  "shape",
  "proc",
  "bind",
];
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Checks all declarations. */
export function checkDeclarations(program: Program, report: Report): void {
  for (const [artifact] of program.artifacts.entries()) {
    const forges = program.forges.filter((forge) => forge.place.artifact === artifact);
    reportRepeated(
      report,
      "forge",
      forges.map((forge) => ({ name: forge.name, place: forge.place })),
    );
  }
  checkShapes(program.types.shapes, report);
  checkBeside(program, report);
  checkAliases(program.types, report);
  for (const forge of program.forges) checkForge(forge, report);
}

/** Checks the shapes of the forges and those declared beside them. */
function checkShapes(shapes: readonly Shape[], report: Report): void {
  const ids = new Map(shapes.map((shape, id) => [shape, id]));
  const edges = shapes.map(({ fields }) =>
    fields.flatMap(({ type }) => {
      const inner = shapeIn(type);
      return inner === undefined ? [] : [ids.get(inner) ?? -1];
    })
  );
  const cycles = cyclesOf(edges);
  const reported = new Set([-1]);
  for (const [id, shape] of shapes.entries()) {
    checkIdentifier(report, shape.name, { place: shape.place });
    if (isPrimitive(shape.name)) {
      report.addAt(shape.place, `shape ${shape.name}`, shadowed(shape.name, "shape"));
    }
    reportRepeated(report, "field", shape.fields);
    for (const field of shape.fields) {
      checkIdentifier(report, field.name, { place: field.place });
      checkType(report, field.type, field.place, `${field.name}: ${field.typeText}`);
    }
    const size = shapeSize(shape);
    const cycle = cycles[id] ?? -1;
    if (!reported.has(cycle)) {
      reported.add(cycle); // one change breaks the cycle
      report.addAt(shape.place, `shape ${shape.name}`, {
        code: "DR0315",
        message: `shape ${shape.name} contains itself`,
        label: "its values would be infinite",
        help: "remove the field that contains the shape again",
      });
    } else if (cycle < 0 && isTooLarge(size) && !shape.fields.some(hasLargeType)) {
      report.addAt(shape.place, `shape ${shape.name}`, tooLarge(`shape ${shape.name}`, size));
    }
  }
}

/** Whether a field is too large by itself, which is reported at the field. */
function hasLargeType({ type }: Field): boolean {
  return isTooLarge(typeSize(type));
}

/** Checks the types declared beside the forges; those of one artifact share a namespace. */
function checkBeside(program: Program, report: Report): void {
  const inForges = new Set(program.forges.flatMap((forge) => forge.shapes));
  const shapes = program.types.shapes.filter((shape) => !inForges.has(shape));
  const aliases = program.types.aliases;
  for (const [artifact] of program.artifacts.entries()) {
    const types = [...shapes, ...aliases].filter(({ place }) => place.artifact === artifact);
    reportRepeated(report, "type", types.sort((a, b) => a.place.offset - b.place.offset));
  }
  for (const { name, place } of aliases) {
    checkIdentifier(report, name, { place });
    if (isPrimitive(name)) report.addAt(place, `type ${name}`, shadowed(name, "type"));
  }
}

function shadowed(name: string, what: string): Violation {
  return {
    code: "DR0205",
    message: `${name} is the name of a primitive type`,
    label: "this declaration is never used",
    help: `rename the ${what}`,
  };
}

function checkForge(forge: Forge, report: Report): void {
  checkIdentifier(report, forge.name, { place: forge.place });
  reportRepeated(report, "shape", forge.shapes);
  const procs = forge.procs.map(({ regime, name, place }) => ({
    name: `${regime}::${name}`,
    place,
  }));
  reportRepeated(report, "process", procs);
  for (const proc of forge.procs) {
    checkProcName(proc, report);
    reportRepeated(report, "parameter", proc.params);
    for (const param of proc.params) {
      checkIdentifier(report, param.name, { place: param.place });
      checkType(report, param.type, param.place, `${param.name}: ${param.typeText}`);
    }
    reportDifferent(proc.locals, report);
    for (const local of proc.locals) {
      checkType(report, local.type, local.place, `${local.name}: ${local.typeText}`);
    }
    if (proc.ret !== undefined) {
      checkType(report, proc.ret, proc.place, `proc ${proc.name} -> ${proc.retText}`);
    }
    for (const use of proc.uses) {
      for (const { name } of use.args) checkIdentifier(report, name, { place: use.place });
      reportRepeated(report, "argument", use.args.map(({ name }) => ({ name, place: use.place })));
      checkTimer(use, report);
    }
  }
}

/** A process cannot have the name of a prefix operator: in expression text, `Neg(x)` is always the operator. */
function checkProcName({ name, place }: Proc, report: Report): void {
  checkIdentifier(report, name, { place });
  if (name !== "Neg" && name !== "Not") return;
  report.addAt(place, `proc ${name}`, {
    code: "DR0218",
    message: `a process cannot be named ${name}, which is an operator`,
    label: `${name}(x) in an expression is the operator`,
    help: "rename the process, and the calls of it",
  });
}

/** The numbers of a Timer are whole microseconds; whether their bounds are met is decided at run time. */
function checkTimer(use: Use, report: Report): void {
  if (use.resource !== "Timer") return;
  for (const { name, value } of use.args) {
    if (!name.endsWith("_us") || (value.kind === "Int" && value.value >= 0)) continue;
    report.addAt(use.place, renderUse(use), {
      code: "DR0701",
      message: `${name} of a Timer is a whole number of microseconds, 0 or more`,
      label: `${name} is not one`,
      help: `write ${name} as a non-negative integer`,
    });
  }
}

function reportRepeated(
  report: Report,
  what: string,
  declared: readonly { readonly name: string; readonly place: Place }[],
): void {
  const seen = new Set<string>();
  for (const { name, place } of declared) {
    if (seen.has(name)) {
      report.addAt(place, `${what} ${name}`, {
        code: "DR0205",
        message: `${what} ${name} is declared twice`,
        label: "declared again here",
        help: "rename one of the two, or remove it",
      });
    }
    seen.add(name);
  }
}

/** A local may be listed once for each block that binds it; the entries declare one local, so they must agree. */
function reportDifferent(locals: readonly Local[], report: Report): void {
  const first = new Map<string, Local>();
  for (const local of locals) {
    const known = first.get(local.name);
    if (known === undefined) first.set(local.name, local);
    else if (known.typeText !== local.typeText || known.mutable !== local.mutable) {
      report.addAt(local.place, `local ${local.name}`, {
        code: "DR0205",
        message: `local ${local.name} is declared twice with different types or mutability`,
        label: "differs from its first declaration",
        help: "rename one of the two, or make them agree",
      });
    }
  }
}

/** Reports a name that is not an identifier, or is a reserved word (DIR-21). */
export function checkIdentifier(
  report: Report,
  name: string,
  where: { readonly place: Place } | { readonly at: At },
): void {
  const isReserved = RESERVED.includes(name);
  if (IDENTIFIER.test(name) && !isReserved) return;
  const violation: Violation = {
    code: "DR0208",
    message: isReserved
      ? `${name} is a reserved word and cannot be a name`
      : `${JSON.stringify(name)} is not an identifier`,
    label: isReserved ? "a reserved word" : "no expression could mention it",
    help: "use letters, digits and underscores, not starting with a digit, and no reserved word",
  };
  if ("at" in where) report.add(where.at, violation);
  else report.addAt(where.place, name, violation);
}

function checkType(report: Report, type: Type, place: Place, text: string): void {
  const unknown = unknownIn(type);
  if (unknown === undefined) {
    const size = typeSize(type);
    // A shape that is too large by itself is reported at its declaration.
    if (type.kind === "array" && isTooLarge(size)) {
      report.addAt(place, text, tooLarge(text, size));
    }
    return;
  }
  if (unknown.cause === "missing") {
    report.addAt(place, text, unknownType(unknown.name, report.types));
  }
}
