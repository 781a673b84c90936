/**
 * What the result may not depend on: the order of constraints, names, the layout of the artifact, repetition.
 *
 * For each instance the expected report is known by enumeration. A variant in another order and under other names must report the
 * same bytes when its names are put back, and its places in their order
 * (docs/decisions/0010-identical-bytes.md). A variant that only differs in layout must give the same bytes.
 * A witness attests the constraints whose names are bound at the proof.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals, fail } from "../../std/assert.ts";
import {
  encodeWireValue,
  executeArtifacts,
  executeText,
  type Execution,
  listConfigurations,
  load,
  parseReference,
} from "../../mod.ts";
import { compareSets } from "./enumeration.ts";
import {
  configurationText,
  digestOf,
  type Instance,
  randomInstance,
  type Source,
  sourceOf,
  statementTexts,
  witnessText,
} from "./instances.ts";
import { Random } from "../../campaign/random.ts";
import { randomSystem } from "./random_system.ts";
import { artifactOf } from "./systems.ts";
import { laidOut, unchanged, type Variant, variantOf } from "./variants.ts";
import { sized, testSeed } from "../support/size.ts";

const INSTANCES = { quick: 15, ci: 150, full: 500 };
const VARIANTS = 20;
/** The position of an instance's process in its artifact. */
const ORIGINAL_PLACE = "forges[0].procs[0]";

// covers: PHI-05, PHI-08, CON-09, CON-13, WIT-02, WIT-09, WIT-11
Deno.test("order and names change neither outcome, configuration, witness record nor conflict", () => {
  const random = new Random(testSeed("phi order and names", 7));
  const seen = new Seen();
  let withOtherConflicts = 0;
  for (let count = sized(INSTANCES); count > 0; count--) {
    const instance = randomInstance(random);
    const { conflicts } = instance.reference;
    const original = unchanged(instance);
    const { outcome } = executed(original.source);
    const told = new Set<string>();
    const variants = Array.from({ length: VARIANTS }, () => variantOf(instance, random));
    for (const variant of [original, ...variants]) {
      const run = executed(variant.source);
      if (conflicts.length === 0) assertAdmissible(run, { instance, variant, outcome });
      else told.add(assertInadmissible(run, { instance, variant, outcome }));
    }
    seen.count(instance);
    if (told.size > 1) withOtherConflicts++;
  }
  seen.assertEnough();
  assert(withOtherConflicts > 0, "no order made another conflict the first one");
});

// covers: PHI-05, CON-13, DIR-13
Deno.test("layout changes no byte of outcome, configuration, witness digest and conflict", () => {
  const random = new Random(testSeed("phi layout", 8));
  const seen = new Seen();
  for (let count = sized(INSTANCES); count > 0; count--) {
    const instance = randomInstance(random);
    const source = sourceOf(instance.system);
    const bytes = bytesOf(executed(source));
    for (let round = 0; round < VARIANTS; round++) {
      const variant = laidOut(source, random);
      // An outcome contains the statement's place in the artifact.
      const expected = bytes.replaceAll(ORIGINAL_PLACE, variant.place);
      assertStrictEquals(
        bytesOf(executed(variant.source)),
        expected,
        variant.source.artifacts[0]?.text,
      );
    }
    seen.count(instance);
  }
  seen.assertEnough();
});

// covers: PHI-08
Deno.test("order and names change neither the configurations nor their order", () => {
  const random = new Random(testSeed("phi configurations", 9));
  for (let count = sized({ quick: 10, ci: 200 }); count > 0; count--) {
    const instance = randomInstance(random);
    const { system, reference } = instance;
    const expected = reference.configurations.slice(0, 50)
      .map((values) => configurationText(system, values));
    for (let round = 0; round < 3; round++) {
      const { source, restored } = variantOf(instance, random);
      const loaded = load(source.artifacts);
      assert(loaded.ok);
      const listed = listConfigurations(loaded.value, { entry: source.entry }, 50);
      assert(listed.ok);
      const texts = listed.value.configurations.map((configuration) =>
        restored(encodeWireValue(configuration ?? {}))
      );
      assertEquals(texts, expected, source.artifacts[0]?.text);
    }
  }
});

// covers: CON-13, PHI-13
Deno.test("the same artifact gives the same bytes every time", () => {
  const random = new Random(testSeed("phi repetition", 8));
  for (let count = sized({ quick: 20, ci: 200 }); count > 0; count--) {
    const text = artifactOf(randomSystem(random));
    const bytes = () => encodeWireValue(executeText(text, { limits: { max_work: 20_000 } }));
    const first = bytes();
    for (let again = 0; again < 3; again++) assertStrictEquals(bytes(), first, text);
  }
});

function executed({ artifacts, entry }: Source): Execution {
  return executeArtifacts(artifacts, { entry });
}

/** Everything that a run reports, except its input. */
function bytesOf({ outcome, events, effects, ticks }: Execution): string {
  const told = events.filter(({ kind }) => kind !== "run_started" && kind !== "program_loaded");
  return encodeWireValue({ told, outcome, effects, ticks });
}

/** What a run is compared with. */
interface Expected {
  readonly instance: Instance;
  readonly variant: Variant;
  /** The outcome of the instance itself. */
  readonly outcome: Execution["outcome"];
}

/** The first resolution of a run is that of its entry. */
function resolutionIn({ events }: Execution) {
  for (const event of events) {
    if (event.kind === "phi_resolved") return event;
  }
  return fail("nothing was resolved");
}

function witnessesIn({ events }: Execution) {
  return events.flatMap((event) => event.kind === "witness" ? [event] : []);
}

function assertAdmissible(run: Execution, { instance, variant, outcome }: Expected): void {
  const { system, reference } = instance;
  const { source, places, restored } = variant;
  const about = source.artifacts[0]?.text;
  const values = reference.configurations[0] ?? [];
  const canonical = configurationText(system, values);
  const { verdict, configuration, conflict } = resolutionIn(run);
  assertEquals([verdict, conflict], ["admissible", undefined], about);
  assertStrictEquals(restored(encodeWireValue(configuration ?? {})), canonical, about);
  assertStrictEquals(restored(encodeWireValue(run.outcome)), encodeWireValue(outcome), about);

  const [witness, ...others] = witnessesIn(run);
  assert(witness !== undefined && others.length === 0, about);
  const { constraints, from } = witness;
  const proc = parseReference(witness.proc)?.name;
  const attested = { proc, constraints, from, configuration: witness.configuration };
  assert(typeof witness.value === "object" && "Struct" in witness.value);
  const { constraint_digest } = witness.value.Struct.fields;
  assertEquals(constraint_digest, { String: digestOf(encodeWireValue(attested)) }, about);
  const record = restored(encodeWireValue(attested));
  const body = [...system.body.keys()].sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
    .flatMap((index) => system.body[index] ?? []);
  assertStrictEquals(record, witnessText({ ...system, body }, values), about);
}

/** The reported conflict, as places in the instance. */
function assertInadmissible(run: Execution, { instance, variant, outcome }: Expected): string {
  const { system, reference } = instance;
  const { source, places, restored } = variant;
  const about = source.artifacts[0]?.text;
  const [first = []] = reference.conflicts
    .map((members) => members.map((index) => places[index] ?? -1).sort((a, b) => a - b))
    .sort(compareSets);
  const { verdict, configuration, conflict } = resolutionIn(run);
  assertEquals([verdict, configuration], ["inadmissible", undefined], about);
  assertEquals(conflict, first.map((place) => `body[${place}]`), about);
  assertEquals(witnessesIn(run), [], about);

  const members = first.map((place) => places.indexOf(place));
  const texts = statementTexts(system);
  const said = members.map((index) => texts[index]).join("; ");
  const error = {
    code: "DR0902",
    kind: "Inadmissible",
    message: members.length === 1 ? `constraint failed: ${said}` : `constraints conflict: ${said}`,
    where: `${ORIGINAL_PLACE}.body[${first[0]}]`,
  };
  assertStrictEquals(
    restored(encodeWireValue(run.outcome)),
    encodeWireValue({ ...outcome, error }),
    about,
  );
  return members.sort().join();
}

/** How many instances of each kind there were: with few of one kind the test would prove little. */
class Seen {
  #admissible = 0;
  #withOneConflict = 0;
  #withSeveralConflicts = 0;

  count({ reference: { conflicts } }: Instance): void {
    if (conflicts.length === 0) this.#admissible++;
    else if (conflicts.length === 1) this.#withOneConflict++;
    else this.#withSeveralConflicts++;
  }

  assertEnough(): void {
    const counts = [this.#admissible, this.#withOneConflict, this.#withSeveralConflicts];
    console.log(`admissible, with one conflict, with several: ${counts.join(", ")}`);
    const least = sized({ quick: 1, ci: 12, full: 50 });
    assert(counts.every((count) => count >= least), counts.join());
  }
}
