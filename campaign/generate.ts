/**
 * Seeded programs over all regimes: valid ones, and valid ones with one or two mutations.
 *
 * It does not use `fast-check` arbitraries: a program grows from what is already declared (a call
 * needs its callee, a linear name is used up), and chained arbitraries of that kind shrink badly. `shrink.ts` works on the
 * artifact itself.
 *
 * @module
 */
import type { PlainArgument, RunInput } from "../mod.ts";
import {
  copyTree,
  type ForgeTree,
  type GeneratedCase,
  type ProcTree,
  writeArtifact,
} from "./artifact.ts";
import { bodyOf } from "./body.ts";
import { isIntType, type ProcSketch, type ShapeSketch } from "./expressions.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";

/** The program of a seed, with the input of its run. */
export function generateCase(seed: number): GeneratedCase {
  const random = new Random(seed);
  const plan = new Plan(random);
  const forges = [plan.forge()];
  const input = plan.input();
  let text = writeArtifact(forges);
  if (random.oneIn(3)) text = mutate(copyTree(forges), random);
  return { seed, text, input };
}

/** Parameters that a Φ process can resolve. */
const OPEN_TYPES = ["i8", "u8", "bool", "i64", "i32"];
const CLOSED_TYPES = ["i64", "i64", "i32", "u8", "bool", "string", "f64", "f32"];

class Plan {
  readonly #random: Random;
  readonly #hasControlFlow: boolean;
  readonly #shapes: ShapeSketch[];
  readonly #sketches: ProcSketch[] = [];
  #entry: ProcSketch | undefined;
  #resources: string[] = [];

  constructor(random: Random) {
    this.#random = random;
    this.#hasControlFlow = random.oneIn(2);
    this.#shapes = random.list(1, 2, (index) => ({
      name: `S${index}`,
      fields: random.list(1, 3, (at) => ({
        name: `f${at}`,
        ty: at === 0 ? "i64" : random.pick(["i32", "bool", "u8"]),
      })),
    }));
  }

  forge(): ForgeTree {
    const random = this.#random;
    const forge: ForgeTree = { name: "Gen", shapes: this.#shapeTrees(), procs: [], binds: [] };
    for (let count = random.below(4); count > 0; count--) this.#add(forge, this.#sketch());
    const main: ProcSketch = {
      regime: "K",
      name: "main",
      params: [],
      ret: random.pick(["i64", "i32", "bool", null]),
      isEffectful: true,
    };
    this.#add(forge, main);
    this.#entry = random.oneIn(4) ? random.pick(this.#sketches) : main;
    if (random.oneIn(3)) forge.procs.reverse();
    return forge;
  }

  /** Arguments for the entry, sometimes with an environment. */
  input(): RunInput {
    const random = this.#random;
    const entry = this.#entry;
    const args: { [name: string]: PlainArgument } = {};
    for (const { name, ty } of entry?.params ?? []) {
      const isOpen = entry?.regime === "Φ" && random.oneIn(2);
      if (!isOpen && !random.oneIn(20)) args[name] = this.#plain(ty);
    }
    const isWithheld = this.#resources.length > 0 && random.oneIn(4);
    const environment = {
      tick_us: random.oneIn(5) ? 3 : 1,
      ...(isWithheld ? { resources: [] } : {}),
    };
    return {
      entry: entry?.name ?? "main",
      args,
      environment,
      limits: { max_ticks: random.oneIn(30) ? 5 : 100_000, max_depth: 40 },
    };
  }

  #plain(ty: string): PlainArgument {
    const random = this.#random;
    if (isIntType(ty)) return random.oneIn(12) ? 300 : random.below(9) - (ty === "u8" ? 0 : 3);
    if (ty === "bool") return random.oneIn(2);
    if (ty === "string") return random.pick(["", "text"]);
    if (ty === "f64" || ty === "f32") return random.pick([0.1, -3.5, 2]);
    const shape = this.#shapes.find(({ name }) => name === ty);
    return Object.fromEntries(
      shape?.fields.map((field) => [field.name, this.#plain(field.ty)]) ?? [],
    );
  }

  #shapeTrees(): ForgeTree["shapes"] {
    return this.#shapes.map(({ name, fields }) => ({
      name,
      fields: fields.map((field) => ({ ...field })),
    }));
  }

  #sketch(): ProcSketch {
    const random = this.#random;
    const regime = random.pick(["K", "K", "Q", "Φ"] as const);
    const name = `p${this.#sketches.length}`;
    const shape = random.pick(this.#shapes).name;
    switch (regime) {
      case "Q":
        return {
          regime,
          name,
          params: [{ name: "q", ty: shape }],
          ret: random.pick([shape, "i64"]),
          isEffectful: true,
        };
      case "Φ": {
        const params = random.oneIn(3)
          ? [{ name: "c", ty: shape }]
          : random.list(1, 2, (at) => ({ name: `a${at}`, ty: random.pick(OPEN_TYPES) }));
        const ret = random.pick(["i64", "bool", null]);
        return { regime, name, params, ret, isEffectful: random.oneIn(2) };
      }
      case "K": {
        const params = random.list(0, 2, (at) => ({
          name: `a${at}`,
          ty: random.pick([...CLOSED_TYPES, shape]),
        }));
        const ret = random.pick(["i64", "i32", "u8", "bool", "f64", shape, null]);
        return { regime, name, params, ret, isEffectful: random.oneIn(2) };
      }
    }
  }

  /** Adds a process that may call the earlier ones, with the binds its calls need. */
  #add(forge: ForgeTree, sketch: ProcSketch): void {
    const random = this.#random;
    const callable = this.#sketches.filter(({ regime, isEffectful }) =>
      sketch.regime === "K" ? true : regime === sketch.regime && !isEffectful
    );
    for (const callee of callable) {
      const isNeeded = callee.regime !== sketch.regime;
      if (isNeeded ? !random.oneIn(15) : random.oneIn(6)) this.#bind(forge, sketch, callee);
    }
    const body = bodyOf({
      random,
      shapes: this.#shapes,
      callable,
      proc: sketch,
      hasControlFlow: this.#hasControlFlow,
    });
    const proc: ProcTree = {
      regime: sketch.regime,
      name: sketch.name,
      params: sketch.params.map((param) => ({ ...param })),
      uses: this.#uses(),
      ret: sketch.ret,
      qualifiers: sketch.regime === "Q" ? ["linear"] : [],
      body,
    };
    forge.procs.push(proc);
    this.#sketches.push(sketch);
  }

  #uses(): ProcTree["uses"] {
    const random = this.#random;
    if (!random.oneIn(6)) return [];
    if (random.oneIn(2)) {
      return [{ resource: "Timer", args: [["deadline_us", { Int: random.pick([0, 3, 9, 500]) }]] }];
    }
    this.#resources.push("Console");
    return [{ resource: "Console", args: [["device", { String: "stdout" }]] }];
  }

  /** A bind in one direction or the other, rarely in both. */
  #bind(forge: ForgeTree, caller: ProcSketch, callee: ProcSketch): void {
    const random = this.#random;
    const isBack = random.oneIn(3);
    const isBoth = random.oneIn(8);
    if (isBoth || !isBack) this.#bindTo(forge, caller, callee);
    if (isBoth || isBack) this.#bindTo(forge, callee, caller);
  }

  #bindTo(forge: ForgeTree, from: ProcSketch, to: ProcSketch): void {
    const random = this.#random;
    const contract: ForgeTree["binds"][number]["contract"] = [];
    const state = (key: string, op: string, value: string) => contract.push({ key, op, value });
    if (from.isEffectful || to.isEffectful || random.oneIn(2)) {
      state("effects_allowed", "==", random.oneIn(12) ? "false" : "true");
    }
    if (random.oneIn(3)) {
      state("latency_us", random.pick(["<", "<="]), random.pick(["1", "7", "500"]));
    }
    if (random.oneIn(5)) state("witness_transfer", "==", "true");
    if (random.oneIn(12)) state("linearity_enforced", "==", random.pick(["true", "false"]));
    if (random.oneIn(40)) state("jitter_us", "<", "5");
    const [source = "", target = ""] = [from, to].map(({ regime, name }) => `${regime}::${name}`);
    forge.binds.push({ source, target, contract });
  }
}
