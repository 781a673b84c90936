/**
 * What a run means, as far as the order of declarations and their forges may not change it.
 *
 * @module
 */
import type { GeneratedCase } from "../../../campaign/artifact.ts";
import { generateCase } from "../../../campaign/generate.ts";
import { Random } from "../../../campaign/random.ts";
import { generateTimedCase } from "../../../campaign/timed.ts";
import {
  check,
  encodeWireValue,
  executeArtifacts,
  type Execution,
  load,
  type RunInput,
} from "../../../mod.ts";
import {
  type ArtifactTree,
  readArtifact,
  reordered,
  shuffleMembers,
  split,
  unlinked,
} from "./variants.ts";

/** Executes linked artifacts: dustrun, or something wrong. */
export type LinkedExecutor = (artifacts: readonly ArtifactTree[], input: RunInput) => Execution;

/** dustrun. */
export function executeLinked(artifacts: readonly ArtifactTree[], input: RunInput): Execution {
  return executeArtifacts(sourcesOf(artifacts), input);
}

function sourcesOf(artifacts: readonly ArtifactTree[]) {
  return artifacts.map((artifact, index) => ({ name: `${index}`, text: JSON.stringify(artifact) }));
}

/** How many variants of a program are compared with it. */
export const VARIANTS = 5;

/** How a variant of the program of a seed differs from it in meaning; `undefined` when none does. */
export function orderDifference(seed: number, execute: LinkedExecutor): string | undefined {
  const random = new Random(seed);
  const { text, input } = programOf(seed, random);
  const artifact = readArtifact(text);
  if (artifact === undefined) return undefined;
  const expected = meaningOf(execute([artifact], input));
  for (let index = 0; index < VARIANTS; index++) {
    const variant = variantOf(artifact, index, random);
    const found = meaningOf(execute(variant, shuffleMembers(input, random)));
    if (found !== expected) {
      return `${expected}\nbecomes ${found}\n${JSON.stringify([artifact])}\n${
        JSON.stringify(variant)
      }\n${JSON.stringify(input)}`;
    }
  }
  return undefined;
}

/** Of all regimes, or with many bounds on time; some with a bind that is declared twice. */
function programOf(seed: number, random: Random): GeneratedCase {
  const one = random.oneIn(3) ? generateTimedCase(seed) : generateCase(seed);
  const artifact = readArtifact(one.text);
  const forge = artifact?.forges[0];
  const bind = forge?.binds[0];
  if (artifact === undefined || forge === undefined || bind === undefined) return one;
  if (!random.oneIn(8)) return one;
  forge.binds.push({ ...bind, contract: [{ key: "latency_us", op: "<", value: "2" }] });
  return { ...one, text: JSON.stringify(artifact) };
}

/** Splitting keeps the meaning of programs without violations, all of whose calls resolve. */
function variantOf(
  artifact: ArtifactTree,
  index: number,
  random: Random,
): readonly ArtifactTree[] {
  const [forge] = artifact.forges;
  const isOrderOnly = index < 2 || forge === undefined || !isValid(artifact);
  if (isOrderOnly) return reordered([artifact], random);
  const divided = split(forge, random);
  return reordered(index === 2 ? [divided] : unlinked(divided), random);
}

/** A bind may be declared twice: in different forges it still is. */
function isValid(artifact: ArtifactTree): boolean {
  const loaded = load(sourcesOf([artifact]));
  return loaded.ok &&
    check(loaded.value).every(({ message }) => /^bind .* is declared twice$/.test(message));
}

/**
 * Violations are reported in document order, and the first is the main one: of several, their codes count. What makes a text unreadable
 * may hide other faults in it.
 */
function meaningOf({ outcome, effects, diagnostics }: Execution): string {
  const { status, error, returned, ticks } = outcome;
  if (error === undefined) {
    const values = effects.map(({ kind, value }) => `${kind} ${encodeWireValue(value)}`);
    return [status, encodeWireValue(returned ?? null), `${ticks} ticks`, ...values].join("; ");
  }
  if (error.kind === "DirLoad") return error.kind;
  if (diagnostics.length > 1 || /^DR0[1-6]/.test(error.code)) {
    const codes = diagnostics.map(({ code }) => code).sort();
    if (codes.every((code) => !/^DR069/.test(code))) return codes.join();
  }
  return [status, error.kind, error.code, withoutPaths(error.message), `${ticks} ticks`].join(
    "; ",
  );
}

/** A bind may name its ends with or without forge and regime. */
function withoutPaths(message: string): string {
  return message.replaceAll(/(?:\w+::)?[KQΦ]::/g, "");
}
