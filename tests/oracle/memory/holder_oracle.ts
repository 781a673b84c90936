/**
 * What a program of `holder_program.ts` does, from X-55 alone: holders are sets of names, and nothing of the machine or the model is
 * used.
 *
 * @module
 */
import type { HolderBody, HolderStep } from "./holder_program.ts";

/** What becomes of a run: the values that it emits, or why it is inadmissible. */
export type HolderOutcome = string;

interface Region {
  value: number;
  holders: number;
}

/** A holder; `region` is `undefined` once it has ended. */
interface Holder {
  region: Region | undefined;
}

class Stop extends Error {}

/** The outcome of a body, with its branches taken or not, and its loops taken `rounds` times. */
export function holderOutcome(body: HolderBody, taken: boolean, rounds: number): HolderOutcome {
  const emitted: number[] = [];
  const scopes: Map<number, Holder>[] = [];
  try {
    block(body);
    return `returned ${emitted.join()}`;
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.message;
    throw thrown;
  }

  function block(steps: HolderBody): void {
    const names = new Map<number, Holder>();
    scopes.push(names);
    for (const each of steps) step(each);
    scopes.pop();
    for (const holder of names.values()) if (holder.region !== undefined) throw new Stop("leak");
  }

  function step(each: HolderStep): void {
    switch (each.kind) {
      case "alloc":
      case "make":
        return give(each.to, { value: 0, holders: 0 });
      case "copy":
      case "pass":
        return give(each.to, regionOf(each.from));
      case "drop":
        regionOf(each.from); // passing it is a use
        return end(each.from);
      case "free":
        return end(each.from);
      case "load":
        emitted.push(regionOf(each.from).value);
        return;
      case "bump":
        regionOf(each.from).value++;
        return;
      case "branch":
        if (taken) block(each.body);
        return;
      case "loop":
        for (let round = 0; round < rounds; round++) block(each.body);
    }
  }

  function give(to: number, region: Region): void {
    region.holders++;
    const scope = scopes.findLast((names) => names.has(to)) ?? scopes.at(-1);
    if (scope?.get(to)?.region !== undefined) throw new Stop("leak");
    scope?.set(to, { region });
  }

  function regionOf(from: number): Region {
    const region = holderOf(from)?.region;
    if (region === undefined) throw new Stop("used after free");
    return region;
  }

  function end(from: number): void {
    const holder = holderOf(from);
    if (holder?.region === undefined) throw new Stop("freed twice");
    holder.region.holders--;
    holder.region = undefined;
  }

  function holderOf(name: number): Holder | undefined {
    return scopes.findLast((names) => names.has(name))?.get(name);
  }
}
