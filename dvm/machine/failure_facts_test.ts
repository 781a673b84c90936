import { generateCase } from "../../campaign/generate.ts";
import { generateExits } from "../../campaign/generate_exits.ts";
import {
  executeArtifacts,
  executeText,
  type Execution,
  renderWireValue,
  type WireEvent,
} from "../../mod.ts";
import { assert, assertStrictEquals } from "../../std/assert.ts";
import { diagnosticFixtures } from "../../tests/support/diagnostic_fixtures.ts";
import { fixtures } from "../../tests/support/fixtures.ts";

/** What the events say of a name in the innermost open process: the last statement that set it, its value there, and the round. */
interface Fact {
  readonly value: string;
  readonly round: number;
}

/** One open process, followed by its events alone. */
interface Followed {
  /** By the name and the path of the statement that set it. */
  readonly facts: Map<string, Fact>;
  /** The rounds of each loop, by the place of the loop. */
  readonly rounds: Map<string, number>;
}

/** The path of a statement within its process, with a point before it. */
function pathOf(place: string): string {
  return place.slice(place.indexOf(".body["));
}

/** The place of the innermost loop around a statement: before a `.body[…]` that is not the process's own. */
function loopAround(at: string): string | undefined {
  const inner = at.lastIndexOf(".body[");
  return inner < 0 || !at.slice(0, inner).includes("[") ? undefined : at.slice(0, inner);
}

function follow(events: readonly WireEvent[]): Followed | undefined {
  const open: Followed[] = [];
  for (const event of events) {
    const top = open.at(-1);
    if (event.kind === "enter_proc") open.push({ facts: new Map(), rounds: new Map() });
    if (event.kind === "leave_proc") open.pop();
    if (top === undefined || (event.kind !== "stmt" && event.kind !== "witness")) continue;
    if (event.kind === "stmt") {
      if (event.control === "body") top.rounds.set(event.at, (top.rounds.get(event.at) ?? 0) + 1);
      if (event.control === "none") top.rounds.set(event.at, 0);
      const broken = event.control === "break" ? loopAround(event.at) : undefined;
      if (broken !== undefined) top.rounds.set(broken, 0);
    }
    const set = event.kind === "witness" ? { [event.name]: event.value } : event.set ?? {};
    const isLoop = event.kind === "stmt" && event.control === "body";
    const loop = isLoop ? event.at : loopAround(event.at);
    const round = loop === undefined ? 0 : top.rounds.get(loop) ?? 0;
    for (const [name, value] of Object.entries(set)) {
      top.facts.set(`${name}${pathOf(event.at)}`, { value: renderWireValue(value), round });
    }
  }
  return open.at(-1);
}

/** Compares every fact that the diagnostics state with the events; returns how many there are. */
function assertFacts({ diagnostics, events }: Execution, what: string): number {
  let count = 0;
  for (const { marks } of diagnostics) {
    for (const { role, label, path } of marks) {
      const [, name, value, round = "0"] =
        /^(.+?) is (.*), last set here(?: in round (\d+))?$/.exec(label) ?? [];
      if (role !== "binding" || name === undefined) continue;
      const fact = follow(events)?.facts.get(`${name}${pathOf(path)}`);
      assert(fact !== undefined, `${what}: no event says "${label}"`);
      assertStrictEquals(String(fact.round), round, `${what}: ${label}`);
      if (!value?.endsWith("…")) assertStrictEquals(fact.value, value, `${what}: ${label}`);
      count++;
    }
  }
  return count;
}

Deno.test("factMarks() states of names only what the events say: value, last statement, round", () => {
  let count = 0;
  for (const { name, artifacts, input } of [...fixtures(), ...diagnosticFixtures()]) {
    if (input !== undefined) count += assertFacts(executeArtifacts(artifacts, input), name);
  }
  assert(count >= 8, `${count} facts`);
  for (let seed = 1; seed <= 300; seed++) {
    for (const generate of [generateCase, generateExits]) {
      const { text, input } = generate(seed);
      count += assertFacts(executeText(text, input), `seed ${seed} of ${generate.name}`);
    }
  }
  assert(count >= 40, `${count} facts`);
});
