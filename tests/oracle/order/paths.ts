/**
 * Linked programs in which many processes share few names: what the paths of calls and the ends of binds mean there, against
 * the reference model (DIR-25, BND-03, X-51).
 *
 * @module
 */
import { disagreement } from "../../../campaign/judge.ts";
import type { Random } from "../../../campaign/random.ts";
import { executeArtifacts, type RunInput } from "../../../mod.ts";
import { artifact, bind, forge, type Part, proc } from "../../support/program.ts";
import type { Bug } from "../model/bugs.ts";
import { judge, verdictTrace } from "../model/model.ts";
import { modelInput } from "../model/reference.ts";

const ENTRY: RunInput = { entry: "A::K::main" };

/** How dustrun and the model, correct or with a bug, differ on linked artifacts; `undefined` if they do not. */
export function pathDifference(texts: readonly string[], bug?: Bug): string | undefined {
  const artifacts = texts.map((text, index) => ({ name: `${index}`, text }));
  const verdict = judge(texts, modelInput(ENTRY), bug);
  const found = disagreement(executeArtifacts(artifacts, ENTRY), {
    ...verdict,
    trace: verdictTrace(verdict),
  });
  return found && `${JSON.stringify(found)}\n${texts.join("\n")}`;
}

/** `A::K::main` calls up to two processes of two to four forges, over binds that any of the forges declares. */
export function pathProgram(random: Random): readonly string[] {
  const forges = ["A", "B", "C", "D"].slice(0, random.between(2, 4)).map((name) => ({
    name,
    parts: processes(random, name),
  }));
  const called = random.list(0, 2, () => path(random, ["K", "Φ", "Φ"]));
  const body = called.map((callee, index) => `let a${index} = ${callee}(1)`);
  const sum = called.map((_, index) => `a${index}`).join(" Add ");
  forges[0]?.parts.push(proc("K::main() -> i64", ...body, `return ${sum === "" ? "0" : sum}`));
  const main = () => random.pick(["K::main", "K::main", "A::K::main", "main"]);
  for (const callee of [...called, ...random.list(0, 1, () => path(random, ["K", "Φ"]))]) {
    const other = random.oneIn(3) ? path(random, ["K", "Φ"]) : callee;
    const ends = random.oneIn(4) ? [other, main()] : [main(), other];
    const clauses = random.oneIn(2) ? [] : [`latency_us < ${random.between(1, 2)}`];
    random.pick(forges).parts.push(bind(ends.join(" -> "), ...clauses));
  }
  const linked = forges.map(({ name, parts }) => forge(name, ...parts));
  return random.oneIn(2) ? [artifact(...linked)] : linked.map((one) => artifact(one));
}

/** Some of `f` and `g` in regimes K and Φ, each with a value that no other process returns. */
function processes(random: Random, forge: string): Part[] {
  const base = 10 * forge.charCodeAt(0);
  return ["K::f", "Φ::f", "K::g", "Φ::g"].flatMap((name, index) => {
    if (!random.oneIn(3)) return [];
    const closed = name.startsWith("Φ") && random.oneIn(4)
      ? ["constrain n Lt 0", "constrain n Gt 0"]
      : [];
    const slow = random.oneIn(2) ? ["let m = n"] : [];
    return [proc(`${name}(n: i64) -> i64`, ...closed, ...slow, `return n Add ${base + index}`)];
  });
}

/** `f`, `K::f` or `B::K::f`. */
function path(random: Random, regimes: readonly string[]): string {
  const bare = random.pick(["f", "g"]);
  const qualified = `${random.pick(regimes)}::${bare}`;
  const full = `${random.pick(["A", "B", "C"])}::${qualified}`;
  return random.pick([bare, qualified, qualified, full]);
}
