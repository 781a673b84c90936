/**
 * Programs that were not written for this project. They are outside it. Cases that need Φ are judged with the solver.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import {
  type ArtifactSource,
  check,
  execute,
  executeText,
  load,
  type PlainArgument,
  type Program,
  type RunInput,
} from "../../mod.ts";
import type { ForgeTree } from "../../campaign/artifact.ts";
import { readOptional } from "../support/fixtures.ts";
import { CORPORA, corpus, needing } from "../support/needs.ts";

const CASES = readOptional(new URL("dpl-examples/cases.jsonl", CORPORA));

/** One line of `cases.jsonl`. */
interface Case {
  readonly name: string;
  readonly dir: { readonly [version: string]: string | null };
  readonly entry: string;
  readonly args: RunInput["args"] | null;
  readonly expect: {
    readonly outcome: "returned" | "admissible" | "inadmissible" | "error";
    readonly kind?: string;
    readonly returned: unknown;
    readonly effects: readonly { readonly kind: string; readonly payload: string }[];
  };
}

// covers: K-01, K-05, K-07, EFF-02, DIR-11, DIR-16
Deno.test(needing({
  name: "the language's examples without Φ give the expected outcome in both DIR versions",
  needs: [corpus("dpl-examples")],
  fn() {
    let judged = 0;
    for (const line of (CASES ?? "").trim().split("\n")) {
      const one: Case = JSON.parse(line);
      for (const path of Object.values(one.dir)) {
        const text = path === null
          ? undefined
          : readOptional(new URL(`dpl-examples/${path}`, CORPORA));
        if (text === undefined || one.args === null || text.includes('"Φ"')) continue;
        judge(
          one,
          executeText(text, { entry: one.entry, args: one.args ?? {} }),
          `${one.name} ${path}`,
        );
        judged++;
      }
    }
    assert(judged >= 75, `${judged} cases`);
  },
}));

function judge({ expect }: Case, execution: ReturnType<typeof executeText>, where: string): void {
  const { outcome } = execution;
  const effects = execution.effects.map(({ kind, payload }) => ({ kind, payload }));
  assertEquals(effects, expect.effects, where);
  if (expect.outcome === "returned") {
    assertStrictEquals(outcome.status, "returned", where);
    assertEquals(outcome.returned ?? null, expect.returned, where);
  } else {
    assertStrictEquals(outcome.error?.kind, expect.kind, where);
  }
}

// covers: DIR-25
Deno.test(needing({
  name: "the standard library loads, alone and as one set, and what its calls reach runs",
  needs: [corpus("dpl-examples")],
  fn() {
    const artifacts = compiled();
    for (const artifact of artifacts) {
      const alone = load([artifact]);
      assert(alone.ok, artifact.name);
    }
    const library = artifacts.filter(({ name }) => name.startsWith("dustlib_"));
    const tools = artifacts.filter(({ name }) => !name.startsWith("dustlib_"));
    assert(library.length >= 17 && tools.length >= 2);
    for (const set of [library, ...tools.map((tool) => [...library, tool])]) {
      const program = load(set);
      assert(program.ok);
      runEach(program.value, ["DR0201"]);
    }
  },
}));

// covers: DIR-25
Deno.test(needing({
  name:
    "the standard library linked with a changed copy of itself runs what reaches no ambiguous call",
  needs: [corpus("dpl-examples")],
  fn() {
    const library = compiled().filter(({ name }) => name.startsWith("dustlib_"));
    for (const set of [[...library, ...copied(library)], [...copied(library), ...library]]) {
      const program = load(set);
      assert(program.ok);
      runEach(program.value, ["DR0201", "DR0202"]);
    }
  },
}));

// covers: DIR-25, DIR-26
Deno.test(needing({
  name: "the standard library linked with a host lacks functions of files only",
  needs: [corpus("dpl-examples")],
  fn() {
    const library = compiled().filter(({ name }) => name.startsWith("dustlib_"));
    const path = new URL("../../fixtures/host/host.dir.json", import.meta.url);
    const program = load([...library, { name: "host", text: Deno.readTextFileSync(path) }]);
    assert(program.ok);
    runEach(program.value, ["DR0201"]);
    // Their names are operations of the draft, which take no addresses and numbers of modes.
    const lacking = check(program.value).map(({ message }) => message.replace(/.* /, ""));
    assertEquals(new Set(lacking), new Set(["open", "read", "write", "close"]));
  },
}));

/** The artifacts with other names of forges, and a statement more in every third body. */
function copied(artifacts: readonly ArtifactSource[]): readonly ArtifactSource[] {
  let bodies = 0;
  return artifacts.map(({ name, text }) => {
    const tree: { readonly forges: readonly ForgeTree[] } = JSON.parse(text);
    for (const forge of tree.forges) {
      forge.name = `Copy${forge.name}`;
      for (const { body } of forge.procs) {
        if (bodies++ % 3 === 0) body.unshift({ Let: { name: "copied", expr: "1" } });
      }
    }
    return { name: `copy_${name}`, text: JSON.stringify(tree) };
  });
}

function compiled(): readonly ArtifactSource[] {
  const folder = new URL("dustlib/v0.2/", CORPORA);
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort()
    .map((name) => ({ name, text: Deno.readTextFileSync(new URL(name, folder)) }));
}

/** Every process, with arguments made from its parameter types: it runs, unless it reaches a call that no one process matches. */
function runEach(program: Program, codes: readonly string[]): void {
  const unresolved = check(program);
  assertEquals([...new Set(unresolved.map(({ code }) => code))].sort(), codes);
  const missing = new Set(unresolved.map(({ message }) => message));
  let ran = 0;
  for (const proc of program.procs) {
    const isIncomplete = reached(proc).some((each) => hasUnresolvedCall(each, missing));
    for (const seed of [0, 1, 7, 200]) {
      const args = Object.fromEntries(
        proc.params.map(({ name, type }) => [name, valueOf(type, seed)]),
      );
      const entry = `${proc.forge.name}::${proc.regime}::${proc.name}`;
      const { error } = execute(program, { entry, args }).outcome;
      const where = `${entry} ${JSON.stringify(args)}: ${error?.message}`;
      if (error === undefined) ran++;
      if (isIncomplete) assert(error !== undefined && missing.has(error.message), where);
      else assert(error === undefined || error.kind === "Runtime", where);
    }
  }
  assert(ran > 200, `${ran} runs`);
}

type Proc = Program["procs"][number];

/** The processes that a run from one may enter. */
function reached(entry: Proc): readonly Proc[] {
  const found = new Set([entry]);
  for (const proc of found) {
    for (const callee of proc.callees.values()) if (callee.kind === "proc") found.add(callee.proc);
  }
  return [...found];
}

/** A call of an operation that does not fit it is reported as a missing process, too. */
function hasUnresolvedCall(
  { calledPaths, callees }: Proc,
  missing: ReadonlySet<string>,
): boolean {
  return [...calledPaths].some((path) =>
    callees.get(path)?.kind === "operation"
      ? missing.has(`no process named ${path}`)
      : !callees.has(path)
  );
}

type Type = Program["procs"][number]["params"][number]["type"];

function valueOf(type: Type, seed: number): PlainArgument {
  switch (type.kind) {
    case "int":
    case "float":
      return seed;
    case "bool":
      return seed % 2 === 1;
    case "string":
      return `text ${seed}`;
    case "char":
      return "c";
    case "array":
      return Array.from({ length: type.length ?? 3 }, (_, n) => valueOf(type.element, seed + n));
    case "shape":
      return Object.fromEntries(
        type.shape.fields.map((field) => [field.name, valueOf(field.type, seed)]),
      );
    case "unit":
    case "witness":
    case "handle":
    case "unknown":
      return null;
  }
}
