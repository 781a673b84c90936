/**
 * Links decoded artifacts into one program: types, callees and bind ends by name (semantics X-51), then names to cells, then
 * elaboration. A name that does not resolve is left unresolved here; the static checks report it, with the candidates.
 *
 * @module
 */
import { referencesOf } from "../dir/reference.ts";
import { operationOf, spawnedPath, usesOperations } from "../dir/operations.ts";
import { blocksOf } from "../dir/statement_paths.ts";
import {
  procPath,
  procsNamed,
  type Resolution,
  resolveBindEnd,
  resolveCallee,
} from "../dir/lookup.ts";
import type {
  ArtifactSource,
  Bind,
  Block,
  Callee,
  DirVersion,
  Forge,
  Proc,
  Program,
} from "../dir/model.ts";
import type { Shape } from "../dir/type.ts";
import { TypeIndex } from "../dir/type_index.ts";
import { resolveType, type TypeScope } from "../dir/type_names.ts";
import type { DecodedArtifact } from "./decode.ts";
import { elaborate } from "./elaborate.ts";
import { resolveScopes } from "./scope.ts";

/** Links the artifacts into a program. Nothing changes the program once it has been returned. */
export function linkProgram(
  artifacts: readonly ArtifactSource[],
  decoded: readonly DecodedArtifact[],
): Program {
  const forges = decoded.flatMap((artifact) => artifact.forges);
  const version: DirVersion = decoded.some((artifact) => artifact.version === "0.2")
    ? "0.2"
    : "0.1";
  const procs = forges.flatMap((forge) => forge.procs);
  const shapes = decoded.flatMap((artifact) => artifact.shapes);
  const aliases = decoded.flatMap((artifact) => artifact.aliases);
  const types = new TypeIndex({ forges, shapes, aliases });
  const statedVersions = decoded.map(({ stated }) => stated);
  const program: Program = { artifacts, version, statedVersions, forges, procs, types };
  for (const forge of forges) {
    const scope = scopeOf(program, forge);
    for (const shape of forge.shapes) resolveFields(shape, scope);
    for (const bind of forge.binds) resolveEnds(program, forge, bind);
  }
  for (const shape of shapes) {
    resolveFields(shape, { types, artifact: shape.place.artifact, forge: undefined });
  }
  for (const artifact of decoded) {
    const isSpawnOperation = procsNamed(program, "spawn").length === 0;
    resolveScopes(artifact.forges.flatMap((forge) => forge.procs), artifact.names, {
      isSpawnOperation,
    });
    artifact.names.release();
  }
  for (const proc of procs) linkProc(program, proc, scopeOf(program, proc.forge));
  if (procs.some(usesOperations)) program.version = "0.2";
  placeStatements(procs);
  nameBinds(forges.flatMap(({ binds }) => binds));
  elaborate(program);
  return program;
}

/** Gives every process its reference, and every statement its place in events. */
function placeStatements(procs: readonly Proc[]): void {
  const names = procs.map(({ forge, regime, name }) => ({ forge: forge.name, regime, name }));
  for (const [index, reference] of referencesOf(names).entries()) {
    const proc = procs[index];
    if (proc === undefined) continue;
    proc.reference = reference;
    placeBlock(proc.body, `${reference}.`);
  }
}

function placeBlock(block: Block, prefix: string): void {
  for (const stmt of block) {
    stmt.at = prefix + stmt.path;
    for (const inner of blocksOf(stmt)) placeBlock(inner, prefix);
  }
}

function scopeOf({ types }: Program, forge: Forge): TypeScope {
  return { types, artifact: forge.place.artifact, forge };
}

function resolveFields(shape: Shape, scope: TypeScope): void {
  for (const field of shape.fields) field.type = resolveType(field.typeText, scope);
}

function resolveEnds(program: Program, forge: Forge, bind: Bind): void {
  bind.sourceProc = endOf(resolveBindEnd(program, forge, bind.source));
  bind.targetProc = endOf(resolveBindEnd(program, forge, bind.target));
}

/** Binds that are written alike, in several forges, have the full paths of their ends in events. */
function nameBinds(binds: readonly Bind[]): void {
  const alike = Map.groupBy(binds, ({ source, target }) => JSON.stringify([source, target]));
  for (const same of alike.values()) {
    if (same.length === 1) continue;
    for (const bind of same) {
      const { sourceProc, targetProc } = bind;
      if (sourceProc === undefined || targetProc === undefined) continue;
      bind.named = { source: procPath(sourceProc), target: procPath(targetProc) };
    }
  }
}

function endOf(resolution: Resolution): Proc | undefined {
  return resolution.kind === "found" && resolution.callee.kind === "proc"
    ? resolution.callee.proc
    : undefined;
}

/** Only K processes become threads. */
function isStartable(callee: Callee): boolean {
  return callee.kind === "proc" && callee.proc.regime === "K";
}

function linkProc(program: Program, proc: Proc, scope: TypeScope): void {
  for (const param of proc.params) param.type = resolveType(param.typeText, scope);
  for (const local of proc.locals) local.type = resolveType(local.typeText, scope);
  proc.ret = proc.retText === undefined ? undefined : resolveType(proc.retText, scope);
  const callees = new Map<string, Callee>();
  for (const path of proc.calledPaths) {
    const started = spawnedPath(path);
    const resolution = resolveCallee(program, proc.forge, started ?? path);
    const callee = resolution.kind === "found" ? resolution.callee : operationOf(program, path);
    if (callee === undefined || (started !== undefined && !isStartable(callee))) continue;
    callees.set(path, callee);
  }
  proc.callees = callees;
}
