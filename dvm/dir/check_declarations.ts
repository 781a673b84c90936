/**
 * Declarations: each entity is unique in its namespace, every type resolves, shapes are finite (DIR-04, TYP-01).
 *
 * @module
 */
import { VALUE_DEPTH_MAX, VALUE_PARTS_MAX } from "../limits.ts";
import { cyclesOf } from "./components.ts";
import { type Extent, extentOf, shapeExtent, shapeIn } from "./extent.ts";
import { aliasesOf, shapesOf } from "./link.ts";
import type { Forge, Local, Place, Program, Shape } from "./model.ts";
import type { Report, Violation } from "./report.ts";
import type { Type } from "./type.ts";
import { isPrimitive } from "./types.ts";

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
  checkShapes(shapesOf(program), report);
  checkBeside(program, report);
  for (const forge of program.forges) checkForge(forge, report);
}

/** Shapes of the forges and those declared beside them. */
function checkShapes(shapes: readonly Shape[], report: Report): void {
  const ids = new Map(shapes.map((shape, id) => [shape, id]));
  const edges = shapes.map(({ fields }) =>
    fields.flatMap(({ type }) => {
      const inner = shapeIn(type);
      return inner === undefined ? [] : [ids.get(inner) ?? -1];
    })
  );
  const cycles = cyclesOf(edges);
  for (const [id, shape] of shapes.entries()) {
    checkIdentifier(report, shape.name, shape.place);
    if (isPrimitive(shape.name)) {
      report.addAt(shape.place, `shape ${shape.name}`, hidden(shape.name, "shape"));
    }
    reportRepeated(report, "field", shape.fields);
    for (const field of shape.fields) {
      checkIdentifier(report, field.name, field.place);
      checkType(report, field.type, field.place, `${field.name}: ${field.typeText}`);
    }
    const extent = shapeExtent(shape);
    if (cycles[id] !== -1) {
      report.addAt(shape.place, `shape ${shape.name}`, {
        code: "DR0315",
        message: `shape ${shape.name} contains itself`,
        label: "a value of it would never end",
        help: "remove the field that leads back to the shape",
      });
    } else if (isTooLarge(extent)) {
      report.addAt(shape.place, `shape ${shape.name}`, tooLarge(`shape ${shape.name}`, extent));
    }
  }
}

/** Types declared beside the forges share one namespace an artifact. */
function checkBeside(program: Program, report: Report): void {
  const inForges = new Set(program.forges.flatMap((forge) => forge.shapes));
  const shapes = shapesOf(program).filter((shape) => !inForges.has(shape));
  const aliases = aliasesOf(program);
  for (const [artifact] of program.artifacts.entries()) {
    const types = [...shapes, ...aliases].filter(({ place }) => place.artifact === artifact);
    reportRepeated(report, "type", types.sort((a, b) => a.place.offset - b.place.offset));
  }
  for (const { name, place } of aliases) {
    checkIdentifier(report, name, place);
    if (isPrimitive(name)) report.addAt(place, `type ${name}`, hidden(name, "type"));
  }
}

function hidden(name: string, what: string): Violation {
  return {
    code: "DR0205",
    message: `${name} is the name of a primitive type`,
    label: "declared here, and never meant by that name",
    help: `rename the ${what}`,
  };
}

/** Whether no value of that extent may exist. A shape that contains itself is another fault, reported where it stands. */
export function isTooLarge({ depth, parts }: Extent): boolean {
  return depth !== Infinity && (depth > VALUE_DEPTH_MAX || parts > VALUE_PARTS_MAX);
}

/** The violation that says so. */
export function tooLarge(what: string, { depth, parts }: Extent): Violation {
  return {
    code: "DR0317",
    message: depth > VALUE_DEPTH_MAX
      ? `${what} is nested deeper than ${VALUE_DEPTH_MAX}`
      : `${what} has more than ${VALUE_PARTS_MAX} parts`,
    label: depth > VALUE_DEPTH_MAX ? `nested ${depth} deep` : `${parts} parts`,
    help: "hold it in several smaller values",
  };
}

function checkForge(forge: Forge, report: Report): void {
  reportRepeated(report, "shape", forge.shapes);
  const procs = forge.procs.map(({ regime, name, place }) => ({
    name: `${regime}::${name}`,
    place,
  }));
  reportRepeated(report, "process", procs);
  for (const proc of forge.procs) {
    checkIdentifier(report, proc.name, proc.place);
    reportRepeated(report, "parameter", proc.params);
    for (const param of proc.params) {
      checkIdentifier(report, param.name, param.place);
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

/** A local may be listed once for each block that binds it; it is one local, so the entries must agree. */
function reportDifferent(locals: readonly Local[], report: Report): void {
  const first = new Map<string, Local>();
  for (const local of locals) {
    const known = first.get(local.name);
    if (known === undefined) first.set(local.name, local);
    else if (known.typeText !== local.typeText || known.mutable !== local.mutable) {
      report.addAt(local.place, `local ${local.name}`, {
        code: "DR0205",
        message: `local ${local.name} is declared twice, and differently`,
        label: "declared otherwise before",
        help: "rename one of the two, or make them agree",
      });
    }
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
  if (missing === undefined) {
    const extent = extentOf(type);
    // A shape that is too large itself is reported where it is declared.
    if (type.kind === "array" && isTooLarge(extent)) {
      report.addAt(place, text, tooLarge(text, extent));
    }
    return;
  }
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
