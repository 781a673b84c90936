/**
 * Static rules of declarations: names, types, binds, resources (DIR-04, DIR-21, TYP-01, BND-03, CTR-08, TIM-09; semantics.md,
 * second round, "Binds" and "Names and types").
 *
 * @module
 */
import type { Lookup } from "./lookup.ts";
import {
  type Home,
  type ModelBind,
  type ModelForge,
  type ModelProc,
  type ModelShape,
  procsOf,
} from "./program.ts";
import { fieldType, type ModelType, typeNamed } from "./types.ts";
import { IDENTIFIER, type Violation } from "./violation.ts";

/** Every violation outside the bodies. */
export function declarationViolations(lookup: Lookup): readonly Violation[] {
  return new Declarations(lookup).check();
}

class Declarations {
  readonly #lookup: Lookup;
  readonly #found: Violation[] = [];

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  check(): readonly Violation[] {
    const { program } = this.#lookup;
    this.#unique(program.forges);
    const artifacts = new Set(program.forges.map(({ home }) => home.artifact));
    for (const artifact of artifacts) this.#types(artifact);
    for (const forge of program.forges) this.#forge(forge);
    for (const proc of procsOf(program)) this.#proc(proc);
    this.#bindsTwice();
    return this.#found;
  }

  #invalid(at: number): void {
    this.#found.push({ at, kind: "DirValidate" });
  }

  /** Two entities with one identity (DIR-04). */
  #unique(declared: readonly { readonly name: string; readonly at: number }[]): void {
    declared.forEach(({ name, at }, position) => {
      const isAgain = declared.slice(0, position).some((earlier) => earlier.name === name);
      if (isAgain && !this.#lookup.rules.breaks("the first of two declarations wins")) {
        this.#invalid(at);
      }
    });
  }

  #name(name: string, at: number): void {
    if (!IDENTIFIER.test(name)) this.#invalid(at);
  }

  #type(text: string, home: Home, at: number): void {
    const { program, rules } = this.#lookup;
    const isKnown = typeNamed(program, home, text, rules) !== undefined;
    if (!isKnown && !rules.breaks("unknown type accepted")) this.#invalid(at);
  }

  /** Types beside the forges; aliases are resolved whether used or not. */
  #types(artifact: number): void {
    const own = this.#lookup.program.types.filter((type) =>
      (type.kind === "struct" ? type.shape.home : type.home).artifact === artifact
    );
    this.#unique(own.map((type) => (type.kind === "struct" ? type.shape : type)));
    for (const type of own) {
      if (type.kind === "struct") {
        this.#shape(type.shape);
        continue;
      }
      this.#name(type.name, type.at);
      const isSkipped = this.#lookup.rules.breaks("unused aliases are not resolved");
      if (!isSkipped) this.#type(type.name, type.home, type.at);
    }
  }

  #forge(forge: ModelForge): void {
    this.#name(forge.name, forge.at);
    this.#unique(forge.shapes);
    for (const shape of forge.shapes) this.#shape(shape);
    this.#unique(
      forge.procs.map((proc) => ({ name: `${proc.regime}::${proc.name}`, at: proc.at })),
    );
    for (const bind of forge.binds) this.#bind(forge, bind);
  }

  #shape(shape: ModelShape): void {
    this.#name(shape.name, shape.at);
    this.#unique(shape.fields);
    for (const field of shape.fields) {
      this.#name(field.name, field.at);
      this.#type(field.ty, shape.home, field.at);
    }
    if (this.#holds(shape, shape, [])) this.#invalid(shape.at);
  }

  /** Whether a shape contains another. */
  #holds(outer: ModelShape, wanted: ModelShape, seen: readonly ModelShape[]): boolean {
    if (seen.includes(outer)) return false;
    const { program, rules } = this.#lookup;
    const inside = (type: ModelType | undefined): boolean => {
      if (type?.kind === "array") return inside(type.element);
      if (type?.kind !== "shape") return false;
      return type.shape === wanted || this.#holds(type.shape, wanted, [...seen, outer]);
    };
    return outer.fields.some(({ name }) => inside(fieldType(program, outer, name, rules)));
  }

  #proc(proc: ModelProc): void {
    const { rules } = this.#lookup;
    this.#name(proc.name, proc.at);
    const isOperator = proc.name === "Neg" || proc.name === "Not";
    if (isOperator && !rules.breaks("a process may be named Neg or Not")) this.#invalid(proc.at);
    this.#unique(proc.params);
    for (const param of proc.params) this.#name(param.name, param.at);
    for (const { ty, at } of [...proc.params, ...proc.locals]) this.#type(ty, proc.home, at);
    if (proc.ret !== undefined) this.#type(proc.ret, proc.home, proc.at);
    for (const { resource, args, at } of proc.uses) {
      const deadline = args.find(({ name }) => name === "deadline_us")?.value;
      const isWrong = deadline !== undefined && (typeof deadline !== "bigint" || deadline < 0n);
      if (resource === "Timer" && isWrong) this.#invalid(at);
    }
    const lacksLinear = proc.regime === "Q" && !proc.qualifiers.includes("linear");
    if (lacksLinear && !rules.breaks("linear not required in Q")) this.#invalid(proc.at);
  }

  #bind(forge: ModelForge, bind: ModelBind): void {
    const { rules } = this.#lookup;
    for (const end of [bind.source, bind.target]) {
      const isThere = this.#lookup.endOf(forge, end) !== undefined;
      if (!isThere && !rules.breaks("bind to nothing accepted")) this.#invalid(bind.at);
    }
    for (const { key, op, value, at } of bind.clauses) {
      const isTruth = ["witness_transfer", "effects_allowed", "linearity_enforced"].includes(key);
      const isWrong = isTruth
        ? op !== "==" || (value !== "true" && value !== "false")
        : key === "latency_us" && !/^[0-9]+$/.test(value);
      if (isWrong && !rules.breaks("any clause value")) this.#invalid(at);
    }
  }

  /** Two binds with the same ends are one entity declared twice, across the whole linked set. */
  #bindsTwice(): void {
    const { rules } = this.#lookup;
    const binds = this.#lookup.binds();
    binds.forEach(({ bind, source, target }, position) => {
      if (source === undefined || target === undefined) return;
      const isAgain = binds.slice(0, position).some((earlier) =>
        earlier.source === source && earlier.target === target
      );
      const isLoose = rules.breaks("the first of two declarations wins") ||
        rules.breaks("one pair of ends is bound twice");
      if (isAgain && !isLoose) this.#invalid(bind.at);
    });
  }
}
