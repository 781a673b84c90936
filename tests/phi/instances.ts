/**
 * Instances for the public API: a random Φ process with a proof, among other declarations, in two linked artifacts; and its
 * expected results, by enumeration.
 *
 * A run goes over the declared types of the parameters, and enumeration needs few values. Both look at the same question here.
 * Either the types are small, 8 bits and booleans, and enumerated whole; or every predicate begins with a guard
 * (`x Ge 3 And x Le 9`), and so holds nowhere outside the values that are enumerated. A set of statements with a guard among
 * them is then satisfied somewhere exactly where an enumerated configuration satisfies it, and the statements that have no guard
 * are all satisfied by an enumerated one: others are not taken. So the minimal conflicts are those that enumeration finds.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { ArtifactSource } from "../../mod.ts";
import { enumerate, type Reference, valueOf } from "./enumeration.ts";
import type { Random } from "../../campaign/random.ts";
import { randomPredicate, randomSystem, randomSystemOver, TRUE } from "./random_system.ts";
import {
  declarationsOf,
  type Expression,
  type System,
  type SystemStmt,
  type SystemUnknown,
  textOf,
} from "./systems.ts";

/** A system with one proof, and the result of its enumeration. */
export interface Instance {
  readonly system: System;
  readonly reference: Reference;
}

/** A program, and the process that is run. */
export interface Source {
  readonly artifacts: readonly ArtifactSource[];
  readonly entry: string;
}

/** The values of the types that are enumerated completely. */
const WHOLE: { readonly [type: string]: readonly [lo: bigint, hi: bigint] } = {
  bool: [0n, 1n],
  u8: [0n, 255n],
  i8: [-128n, 127n],
};

/** A random instance: half of them over small types, half with guards over any types. */
export function randomInstance(random: Random): Instance {
  for (;;) {
    const drawn = random.chance(50)
      ? randomSystemOver(random, smallTypes(random))
      : randomSystem(random);
    const guard = guardOf(drawn.unknowns);
    const body = [...drawn.body, ...randomTie(random, drawn)].map((stmt): SystemStmt =>
      stmt.kind === "constrain" ? { ...stmt, predicate: behind(guard, stmt.predicate) } : stmt
    );
    const proof = { kind: "prove", name: "w", from: randomSource(random, drawn, guard) } as const;
    body.splice(random.between(0, body.length), 0, proof);
    const system = { ...drawn, body };
    const unguarded = { ...system, body: body.filter((stmt) => !isBehind(guard, stmt)) };
    if (guard !== undefined && enumerate(unguarded).configurations.length === 0) continue;
    return { system, reference: enumerate(system) };
  }
}

function smallTypes(random: Random): SystemUnknown[] {
  const others = Array.from({ length: random.between(0, 2) }, () => "bool");
  const types = random.shuffled([random.pick(["u8", "u8", "i8", "i8", "bool"]), ...others]);
  const inShape = random.chance(30);
  return types.map((type, index) => {
    const letter = ["x", "y", "z"][index] ?? "u";
    const [lo, hi] = WHOLE[type] ?? [0n, 0n];
    return { name: inShape ? `c.${letter}` : letter, type, lo, hi };
  });
}

/** As a rule, a constraint that one of two unknowns can satisfy: which of them comes first decides the configuration. */
function randomTie(random: Random, { unknowns }: System): SystemStmt[] {
  const [a, b] = random.shuffled(unknowns);
  if (a === undefined || b === undefined || random.chance(30)) return [];
  const [first, second] = [a, b].map(({ name, type, lo, hi }): Expression => {
    const unknown = { kind: "name", name } as const;
    const value = { kind: "int", value: lo + BigInt(random.below(Number(hi - lo) + 1)) } as const;
    return type === "bool" ? unknown : { kind: "binary", op: "Eq", a: unknown, b: value };
  });
  if (first === undefined || second === undefined) return [];
  return [{ kind: "constrain", predicate: { kind: "binary", op: "Or", a: first, b: second } }];
}

/** What a proof is from: what is true, a candidate, or a predicate, which then has to be true. */
function randomSource(random: Random, { unknowns }: System, guard: Expression | undefined) {
  switch (random.below(3)) {
    case 0:
      return TRUE;
    case 1:
      return { kind: "name", name: random.pick(unknowns).name } as const;
    default:
      return behind(guard, randomPredicate(random, unknowns));
  }
}

/** That every unknown has one of the enumerated values; `undefined` where the types imply it. */
function guardOf(unknowns: readonly SystemUnknown[]): Expression | undefined {
  const guards = unknowns.flatMap(({ name, type, lo, hi }): Expression[] => {
    const whole = WHOLE[type];
    if (whole?.[0] === lo && whole[1] === hi) return [];
    const unknown: Expression = { kind: "name", name };
    return [
      { kind: "binary", op: "Ge", a: unknown, b: { kind: "int", value: lo } },
      { kind: "binary", op: "Le", a: unknown, b: { kind: "int", value: hi } },
    ];
  });
  if (guards.length === 0) return undefined;
  return guards.reduce((a, b) => ({ kind: "binary", op: "And", a, b }));
}

function behind(guard: Expression | undefined, predicate: Expression): Expression {
  return guard === undefined ? predicate : { kind: "binary", op: "And", a: guard, b: predicate };
}

function isBehind(guard: Expression | undefined, stmt: SystemStmt): boolean {
  if (stmt.kind === "let") return false;
  const predicate = stmt.kind === "constrain" ? stmt.predicate : stmt.from;
  return predicate.kind === "binary" && predicate.a === guard;
}

// ── as programs ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Every name that a source declares. None of them is a word of DIR or of an event. */
export const NAMES: readonly string[] = [
  ...["x", "y", "z", "u", "c", "s", "d", "w", "p", "Shape_c", "Spare"],
  ...["main", "same", "idle", "spare", "other", "Systems", "Others", "Library"],
];

/** The program that asks whether a system exists, with names to mistake for others and an order to mistake for a meaning. */
export function sourceOf(system: System): Source {
  const { shapes, proc } = declarationsOf(system);
  const body = [...proc.body.slice(0, -1), { Return: { expr: returnedText(system) } }];
  const systems = {
    name: "Systems",
    shapes: [...shapes, { name: "Spare", fields: [{ name: "x", ty: "bool" }] }],
    procs: [{ ...proc, body }, idle("K", "idle"), idle("Φ", "spare")],
    binds: [bind("K::idle", "Φ::main"), bind("K::idle", "Φ::spare")],
  };
  const others = {
    name: "Others",
    shapes: [],
    procs: [idle("Φ", "main"), idle("K", "spare")],
    binds: [],
  };
  const same = { ...idle("Φ", "same"), params: [{ name: "p", ty: "bool" }] };
  const library = {
    name: "Library",
    shapes: [{ name: "Spare", fields: [{ name: "y", ty: "i32" }] }],
    procs: [idle("K", "other"), { ...same, body: [{ Return: { expr: "p" } }] }],
    binds: [],
  };
  return {
    artifacts: [
      { name: "systems", text: JSON.stringify({ forges: [systems, others] }) },
      { name: "library", text: JSON.stringify({ forges: [library] }) },
    ],
    entry: "Systems::Φ::main",
  };
}

/** What the process returns: a call into the other artifact, so that linking matters. */
function returnedText({ result }: System): string {
  return `same(${textOf(result)})`;
}

function idle(regime: string, name: string) {
  const body = [{ Constrain: { predicate: "true" } }, { Return: { expr: "false" } }];
  return { regime, name, params: [], uses: [], ret: "bool", qualifiers: [], body };
}

function bind(source: string, target: string) {
  return { source, target, contract: [{ key: "witness_transfer", op: "==", value: "true" }] };
}

// ── expected reports ──────────────────────────────────────────────────────────────────────────────────────────────

/** The texts of a system's statements in a conflict, the return last. */
export function statementTexts(system: System): string[] {
  const texts = system.body.map((stmt) => {
    switch (stmt.kind) {
      case "let":
        return `${stmt.name} = ${textOf(stmt.value)}`;
      case "constrain":
        return textOf(stmt.predicate);
      case "prove":
        return textOf(stmt.from);
    }
  });
  return [...texts, returnedText(system)];
}

/** A configuration as compact JSON, `{"x":{"Int":3}}`; fields in the order of their shape. */
export function configurationText({ unknowns }: System, values: readonly bigint[]): string {
  const params: string[] = [];
  const fields: string[] = [];
  unknowns.forEach(({ name, type }, index) => {
    const value = values[index] ?? 0n;
    const tagged = type === "bool" ? `{"Bool":${value === 1n}}` : `{"Int":${value}}`;
    const [, field] = name.split(".");
    if (field === undefined) params.push(`"${name}":${tagged}`);
    else fields.push(`"${field}":${tagged}`);
  });
  if (fields.length > 0) {
    params.push(`"c":{"Struct":{"ty":"Shape_c","fields":{${fields.join(",")}}}}`);
  }
  return `{${params.join(",")}}`;
}

/**
 * What the witness of a system's proof attests under a configuration, by its definition (X-21); its digest is over these bytes.
 * No name is assigned, so it is every constraint whose names are bound at the proof, and the values of the lets among them.
 */
export function witnessText(system: System, values: readonly bigint[]): string {
  const { unknowns, body } = system;
  const scope = new Map(unknowns.map(({ name, type }, index) => {
    const value = values[index] ?? 0n;
    return [name, type === "bool" ? value === 1n : value] as const;
  }));
  const lets = body.flatMap((stmt) => stmt.kind === "let" ? [stmt.name] : []);
  const attested: Expression[] = [];
  const bound: string[] = [];
  let from = "";
  for (const stmt of body) {
    if (stmt.kind === "prove") {
      from = textOf(stmt.from);
      break;
    }
    if (stmt.kind !== "let") continue;
    const value = valueOf(stmt.value, scope);
    if (value === undefined) throw new Error(`${stmt.name} has no value`);
    scope.set(stmt.name, value);
    bound.push(stmt.name);
  }
  for (const stmt of body) {
    if (stmt.kind !== "constrain") continue;
    const names = namesIn(stmt.predicate).filter((name) => lets.includes(name));
    if (names.every((name) => bound.includes(name))) attested.push(stmt.predicate);
  }
  const mentioned = attested.flatMap(namesIn);
  const further = bound.filter((name) => mentioned.includes(name)).map((name) => {
    const value = scope.get(name);
    return `,"${name}":${typeof value === "boolean" ? `{"Bool":${value}}` : `{"Int":${value}}`}`;
  });
  const configuration = configurationText(system, values).replace(/}$/, `${further.join("")}}`);
  return `{"proc":"main","constraints":${JSON.stringify(attested.map(textOf))},"from":${
    JSON.stringify(from)
  },"configuration":${configuration}}`;
}

function namesIn(expr: Expression): string[] {
  switch (expr.kind) {
    case "int":
    case "bool":
      return [];
    case "name":
      return [expr.name];
    case "unary":
      return namesIn(expr.a);
    case "binary":
      return [...namesIn(expr.a), ...namesIn(expr.b)];
  }
}

/** A digest as witnesses have it. */
export function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`;
}
