/**
 * Variants of a program that mean the same: everything whose order has no meaning in another order (DIR-13), and processes, shapes and
 * binds in other forges and artifacts.
 *
 * @module
 */
import type { ForgeTree, Tree } from "../../../campaign/artifact.ts";
import type { Random } from "../../../campaign/random.ts";

/** The members of an artifact. */
export interface ArtifactTree {
  forges: ForgeTree[];
}

/** The same artifacts with artifacts, forges, processes, shapes, binds and members in random order. */
export function reordered(
  artifacts: readonly ArtifactTree[],
  random: Random,
): readonly ArtifactTree[] {
  return random.shuffled(artifacts).map((artifact) =>
    shuffleMembers({
      ...artifact,
      forges: random.shuffled(artifact.forges).map((forge) => ({
        ...forge,
        shapes: random.shuffled(forge.shapes),
        procs: random.shuffled(forge.procs),
        binds: random.shuffled(forge.binds),
      })),
    }, random)
  );
}

/** The members of all objects in random order. */
export function shuffleMembers<T>(tree: T, random: Random): T {
  return JSON.parse(shuffledText(tree, random));
}

function shuffledText(tree: unknown, random: Random): string {
  if (Array.isArray(tree)) return `[${tree.map((item) => shuffledText(item, random)).join()}]`;
  if (typeof tree !== "object" || tree === null) return JSON.stringify(tree);
  const members = random.shuffled(Object.entries(tree)).map(([name, member]) =>
    `${JSON.stringify(name)}:${shuffledText(member, random)}`
  );
  return `{${members.join()}}`;
}

/** The parts of one forge, whose names are unique, in several forges of one artifact, with the ends of binds in any form that names them. */
export function split({ name, shapes, procs, binds }: ForgeTree, random: Random): ArtifactTree {
  const count = random.between(2, 3);
  const forges: ForgeTree[] = Array.from({ length: count }, (_, index) => ({
    name: `${name}${index}`,
    shapes: [],
    procs: [],
    binds: [],
  }));
  const homes = new Map<string, ProcHome>();
  for (const shape of shapes) random.pick(forges).shapes.push(shape);
  for (const proc of procs) {
    const forge = random.pick(forges);
    forge.procs.push(proc);
    homes.set(proc.name, { forge, regime: proc.regime });
  }
  for (const { source, target, contract } of binds) {
    const forge = random.pick(forges);
    const end = (path: string) => endIn(forge, path.split("::").at(-1) ?? "", homes, random);
    forge.binds.push({ source: end(source), target: end(target), contract });
  }
  return { forges };
}

interface ProcHome {
  readonly forge: ForgeTree;
  readonly regime: string;
}

/** A path of a process for a bind of a forge: with forge and regime, with the regime, and in its own forge also bare. */
function endIn(
  from: ForgeTree,
  name: string,
  homes: ReadonlyMap<string, ProcHome>,
  random: Random,
): string {
  const home = homes.get(name);
  if (home === undefined) return name;
  const qualified = `${home.regime}::${name}`;
  const paths = [qualified, `${home.forge.name}::${qualified}`];
  return random.pick(home.forge === from ? [...paths, name] : paths);
}

/** Each forge in an artifact of its own. */
export function unlinked({ forges }: ArtifactTree): readonly ArtifactTree[] {
  return forges.map((forge) => ({ forges: [forge] }));
}

/** Whether a tree is an artifact that the variants can take apart. */
export function readArtifact(text: string): ArtifactTree | undefined {
  const tree: Tree = JSON.parse(text);
  const isWhole = (forge: ForgeTree) =>
    [forge.shapes, forge.procs, forge.binds].every(Array.isArray);
  const artifact: ArtifactTree = Object.assign({ forges: [] }, tree);
  return artifact.forges.every(isWhole) ? artifact : undefined;
}
