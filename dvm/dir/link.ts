/**
 * Links decoded artifacts into one program: types, callees and bind ends by name (semantics X-51). What does not resolve is
 * left unresolved here; the static checks report it, with the candidates.
 *
 * @module
 */
import type { DecodedArtifact } from "./decode.ts";
import { procsNamed } from "./lookup.ts";
import {
  type Alias,
  type ArtifactSource,
  type Bind,
  type Callee,
  type DirVersion,
  type Forge,
  type Proc,
  type Program,
  Q_INTRINSICS,
  type Shape,
} from "./model.ts";
import { resolveScopes } from "./scope.ts";
import { resolveType, TypeIndex, type TypeScope } from "./types.ts";

/** What a path in a call or bind leads to. */
export type Resolution =
  | { readonly kind: "found"; readonly callee: Callee }
  | { readonly kind: "missing" }
  | { readonly kind: "ambiguous"; readonly candidates: readonly Proc[] };

/** Links the artifacts into a program. */
export function linkProgram(
  artifacts: readonly ArtifactSource[],
  decoded: readonly DecodedArtifact[],
): Program {
  const forges = decoded.flatMap((artifact) => artifact.forges);
  const version: DirVersion = decoded.some((artifact) => artifact.version === "0.2")
    ? "0.2"
    : "0.1";
  const procs = forges.flatMap((forge) => forge.procs);
  const program: Program = { artifacts, version, forges, procs };
  const shapes = decoded.flatMap((artifact) => artifact.shapes);
  const aliases = decoded.flatMap((artifact) => artifact.aliases);
  const types = new TypeIndex({ forges, shapes, aliases });
  declaredTypes.set(program, types);
  declaredAliases.set(program, aliases);
  for (const forge of forges) {
    const scope = scopeOf(types, forge);
    for (const shape of forge.shapes) resolveFields(shape, scope);
    for (const bind of forge.binds) resolveEnds(program, forge, bind);
  }
  for (const shape of shapes) {
    resolveFields(shape, { index: types, artifact: shape.place.artifact, forge: undefined });
  }
  for (const artifact of decoded) {
    resolveScopes(artifact.forges.flatMap((forge) => forge.procs), artifact.names);
  }
  for (const proc of procs) linkProc(program, proc, scopeOf(types, proc.forge));
  return program;
}

function scopeOf(index: TypeIndex, forge: Forge): TypeScope {
  return { index, artifact: forge.place.artifact, forge };
}

/** The shape that a name means in a forge of the program. */
export function findShape(program: Program, forge: Forge, name: string): Shape | undefined {
  const found = declaredTypes.get(program)?.find(name, { artifact: forge.place.artifact, forge });
  return found !== undefined && "fields" in found ? found : undefined;
}

/** Every shape of the program, those declared beside the forges last. */
export function shapesOf(program: Program): readonly Shape[] {
  return declaredTypes.get(program)?.shapes ?? [];
}

/** Every alias of the program. */
export function aliasesOf(program: Program): readonly Alias[] {
  return declaredAliases.get(program) ?? [];
}

/**
 * What a call's path means in `proc`: its own forge first, then exactly one other forge of the program. A bare name that
 * several processes of one forge have is ambiguous: nothing is guessed (DIR-25).
 */
export function resolveCallee(program: Program, forge: Forge, path: string): Resolution {
  const segments = path.split("::");
  const name = segments[segments.length - 1] ?? "";
  const regime = segments.length > 1 ? segments[segments.length - 2] : undefined;
  const forgeName = segments.length > 2 ? segments.slice(0, -2).join("::") : undefined;
  const named = procsNamed(program, name).filter((proc) =>
    (regime === undefined || proc.regime === regime) &&
    (forgeName === undefined || proc.forge.name === forgeName)
  );
  const own = named.filter((proc) => proc.forge === forge);
  const candidates = own.length > 0 ? own : named;
  const [found] = candidates;
  if (found !== undefined && candidates.length === 1) {
    return { kind: "found", callee: { kind: "proc", proc: found } };
  }
  if (candidates.length > 1) return { kind: "ambiguous", candidates };
  const intrinsic = Q_INTRINSICS.find((known) => known === path);
  return intrinsic === undefined
    ? { kind: "missing" }
    : { kind: "found", callee: { kind: "intrinsic", name: intrinsic } };
}

const declaredTypes = new WeakMap<Program, TypeIndex>();
const declaredAliases = new WeakMap<Program, readonly Alias[]>();

function resolveFields(shape: Shape, scope: TypeScope): void {
  for (const field of shape.fields) field.type = resolveType(field.typeText, scope);
}

/** Bind ends are looked up in their own forge; a fully qualified end may name another. */
function resolveEnds(program: Program, forge: Forge, bind: Bind): void {
  bind.sourceProc = endOf(resolveBindEnd(program, forge, bind.source));
  bind.targetProc = endOf(resolveBindEnd(program, forge, bind.target));
}

/** What a bind's end means. */
export function resolveBindEnd(program: Program, forge: Forge, path: string): Resolution {
  const resolution = resolveCallee(program, forge, path);
  const isQualified = path.split("::").length > 2;
  if (isQualified || resolution.kind !== "found" || resolution.callee.kind !== "proc") {
    return resolution;
  }
  return resolution.callee.proc.forge === forge ? resolution : { kind: "missing" };
}

function endOf(resolution: Resolution): Proc | undefined {
  return resolution.kind === "found" && resolution.callee.kind === "proc"
    ? resolution.callee.proc
    : undefined;
}

function linkProc(program: Program, proc: Proc, scope: TypeScope): void {
  for (const param of proc.params) param.type = resolveType(param.typeText, scope);
  for (const local of proc.locals) local.type = resolveType(local.typeText, scope);
  proc.ret = proc.retText === undefined ? undefined : resolveType(proc.retText, scope);
  const callees = new Map<string, Callee>();
  for (const path of proc.calledPaths) {
    const resolution = resolveCallee(program, proc.forge, path);
    if (resolution.kind === "found") callees.set(path, resolution.callee);
  }
  proc.callees = callees;
}
