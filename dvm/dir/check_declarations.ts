/**
 * Declarations: each entity is unique in its namespace, every type resolves, shapes are finite (DIR-04, TYP-01).
 *
 * @module
 */
import type { Forge, Place, Program, Shape } from "./model.ts";
import type { Report } from "./report.ts";
import type { Type } from "./type.ts";

/** Words that no declared name may be: the expression grammar gives them another meaning. */
const RESERVED: readonly string[] = ["true", "false", "match"];
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Checks everything that is declared, statements aside. */
export function checkDeclarations(program: Program, report: Report): void {
  for (const [artifact] of program.artifacts.entries()) {
    const forges = program.forges.filter((forge) => forge.place.artifact === artifact);
    reportRepeated(
      report,
      "forge",
      forges.map((forge) => ({ name: forge.name, place: forge.place })),
    );
  }
  for (const forge of program.forges) checkForge(forge, report);
}

function checkForge(forge: Forge, report: Report): void {
  reportRepeated(report, "shape", forge.shapes);
  const procs = forge.procs.map(({ regime, name, place }) => ({
    name: `${regime}::${name}`,
    place,
  }));
  reportRepeated(report, "process", procs);
  for (const shape of forge.shapes) {
    checkIdentifier(report, shape.name, shape.place);
    reportRepeated(report, "field", shape.fields);
    for (const field of shape.fields) {
      checkIdentifier(report, field.name, field.place);
      checkType(report, field.type, field.place, `${field.name}: ${field.typeText}`);
    }
    if (isInfinite(shape)) {
      report.addAt(shape.place, `shape ${shape.name}`, {
        code: "DR0315",
        message: `shape ${shape.name} contains itself`,
        label: "a value of it would never end",
        help: "remove the field that leads back to the shape",
      });
    }
  }
  for (const proc of forge.procs) {
    checkIdentifier(report, proc.name, proc.place);
    reportRepeated(report, "parameter", proc.params);
    for (const param of proc.params) {
      checkIdentifier(report, param.name, param.place);
      checkType(report, param.type, param.place, `${param.name}: ${param.typeText}`);
    }
    for (const local of proc.locals) {
      checkType(report, local.type, local.place, `${local.name}: ${local.typeText}`);
    }
    if (proc.ret !== undefined) {
      checkType(report, proc.ret, proc.place, `proc ${proc.name} -> ${proc.retText}`);
    }
    for (const use of proc.uses) {
      if (use.resource !== "Timer") continue;
      const deadline = use.args.find((arg) => arg.name === "deadline_us")?.value;
      if (deadline === undefined || (deadline.kind === "Int" && deadline.value >= 0)) continue;
      report.addAt(use.place, "uses Timer", {
        code: "DR0701",
        message: "deadline_us of a Timer is a whole number of microseconds, 0 or more",
        label: "this deadline is none",
        help: "write deadline_us as a non-negative integer",
      });
    }
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

/** Reports a name that expressions could not mention (DIR-21). */
export function checkIdentifier(report: Report, name: string, place: Place): void {
  if (IDENTIFIER.test(name) && !RESERVED.includes(name)) return;
  report.addAt(place, name, {
    code: "DR0208",
    message: `${JSON.stringify(name)} is not an identifier`,
    label: "no expression could mention it",
    help: "use letters, digits and underscores, not starting with a digit, and no reserved word",
  });
}

function checkType(report: Report, type: Type, place: Place, text: string): void {
  const missing = unknownIn(type);
  if (missing === undefined) return;
  report.addAt(place, text, {
    code: "DR0206",
    message: `unknown type ${missing}`,
    label: `${missing} is neither a primitive nor a shape in scope`,
    help: "declare the shape, or use i32, i64, f32, f64 or bool",
  });
}

/** The first name inside a type that did not resolve. */
function unknownIn(type: Type): string | undefined {
  if (type.kind === "unknown") return type.name;
  return type.kind === "array" ? unknownIn(type.element) : undefined;
}

/** Whether a shape contains itself, however deep. */
function isInfinite(shape: Shape): boolean {
  const reached = new Set<Shape>();
  const open = [shape];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const field of next.fields) {
      const inner = shapeIn(field.type);
      if (inner === shape) return true;
      if (inner !== undefined && !reached.has(inner)) {
        reached.add(inner);
        open.push(inner);
      }
    }
  }
  return false;
}

function shapeIn(type: Type): Shape | undefined {
  if (type.kind === "shape") return type.shape;
  return type.kind === "array" ? shapeIn(type.element) : undefined;
}
