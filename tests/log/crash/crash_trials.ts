/**
 * The crash tests that every version of the code must pass: crashes and refusals at every operation, on files, ledgers and terminals. The real code is
 * put to it at length; copies with a planted bug must fall.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertNotStrictEquals,
  assertStrictEquals,
} from "../../../std/assert.ts";
import { sized } from "../../support/size.ts";
import { Scenario, type Setup, type Subject } from "./scenario.ts";
import type { Random } from "../../../campaign/random.ts";
import type { PlannedFault } from "./sim_disk.ts";

/** How a process may end: killed, or with the machine; in the middle of a write, or before it. */
export interface Death {
  readonly power: "stays" | "fails" | "fails, and all is lost";
  readonly torn: boolean;
}

/** Every way to die. */
export const DEATHS: readonly Death[] = [
  { power: "stays", torn: false },
  { power: "stays", torn: true },
  { power: "fails", torn: false },
  { power: "fails", torn: true },
  { power: "fails, and all is lost", torn: false },
];

/** The errors that the host may return. */
export const REFUSALS: readonly Error[] = [
  new Error("No space left on device (os error 28)"),
  new Error("Input/output error (os error 5)"),
  new Deno.errors.BrokenPipe("Broken pipe (os error 32)"),
];

/** One fault in one run. */
export interface Trial {
  readonly setup: Setup;
  /** Operation at which the fault occurs, from 0. */
  readonly at: number;
  readonly random: Random;
}

/** Number of operations of a run that nothing befalls; it must of course succeed. */
export async function operationsOf(
  subject: Subject,
  setup: Setup,
  isPowerLost = true,
): Promise<number> {
  const scenario = new Scenario(subject, setup);
  const { result, operations } = await scenario.begin();
  assertStrictEquals(typeof result === "object" && result.status, "complete");
  if (isPowerLost) await assertFinal(scenario, setup);
  else scenario.assertComplete();
  return operations;
}

/** Kills a run, kills some of its resumptions too, and sees what comes out in the end. */
export async function killAndResume(
  subject: Subject,
  trial: Trial & { readonly death: Death },
): Promise<void> {
  const { setup, at, death, random } = trial;
  const scenario = new Scenario(subject, setup);
  const die = (operation: number) => ({
    at: operation,
    fault: { kind: "die", torn: death.torn } as const,
  });
  assertStrictEquals((await scenario.begin(die(at))).result, "crashed");
  losePower(scenario, death, random);
  scenario.assertTruthful();
  for (let kills = random.below(3); kills > 0; kills--) {
    await scenario.resume(undefined, die(random.below(12)));
    losePower(scenario, death, random);
    scenario.assertTruthful();
  }
  await finish(scenario, setup);
}

/** What the disk loses with the power, if that fails. */
function losePower(
  { simDisk }: Scenario,
  { power }: Pick<Death, "power">,
  random: Random,
): void {
  if (power !== "stays") simDisk.losePower(power === "fails" ? random : "all");
}

/** Refuses one operation of a run; once the fault is gone, the run is finished without help. */
export async function refuseAndResume(
  subject: Subject,
  trial: Trial & { readonly error: Error; readonly torn: boolean },
): Promise<void> {
  const { setup, at, error, torn } = trial;
  const scenario = new Scenario(subject, setup);
  const { result } = await scenario.begin({ at, fault: { kind: "refuse", error, torn } });
  assertNotStrictEquals(result, "crashed");
  scenario.assertTruthful();
  if (typeof result === "object" && result.status === "failed") {
    assertStrictEquals(result.performed, scenario.logged()?.progress.performed);
  }
  const resumed = await scenario.resume();
  if (resumed.result === "no run") return scenario.assertNothing();
  assertStrictEquals(typeof resumed.result === "object" && resumed.result.status, "complete");
  scenario.assertComplete();
  // A log that could not be synced is beyond help if the power fails as well: the kernel has let go of its pages.
  if (result === "refused") return;
  scenario.simDisk.losePower("all");
  scenario.assertComplete();
}

async function finish(scenario: Scenario, setup: Setup): Promise<void> {
  const resumed = await scenario.resume();
  if (resumed.result === "no run") return scenario.assertNothing();
  await assertFinal(scenario, setup);
}

/** Asserts that the run is complete and that resuming it again changes nothing. */
async function assertFinal(scenario: Scenario, { sinks }: Setup): Promise<void> {
  scenario.assertComplete();
  const before = scenario.simDisk.snapshot();
  await scenario.resume();
  assertStrictEquals(
    scenario.simDisk.snapshot(),
    before,
    "resuming a finished run changed something",
  );
  if (sinks === "terminal") return;
  scenario.simDisk.losePower("all");
  scenario.assertComplete();
}

/** Kills a run that writes to a terminal. Nothing is ever shown twice unless the user requests it. */
export async function killTerminal(
  subject: Subject,
  trial: Trial & { readonly death: Death },
): Promise<void> {
  const { setup, at, death, random } = trial;
  const scenario = new Scenario(subject, setup);
  await scenario.begin({ at, fault: { kind: "die", torn: death.torn } });
  losePower(scenario, death, random);
  scenario.assertTruthful();
  const { result } = await scenario.resume();
  assert(scenario.shown().every((times) => times <= 1), "an effect was shown twice");
  if (result === "no run") return scenario.assertNothing();
  assert(typeof result === "object" && result.status !== "failed");
  if (result.status === "complete") {
    assert(scenario.shown().every((times) => times === 1), "an effect is missing");
    return await assertFinal(scenario, setup);
  }
  const { first, last } = result;
  for (const [index, times] of scenario.shown().entries()) {
    if (index < first) assertStrictEquals(times, 1, `effect ${index} is missing`);
    if (index > last) assertStrictEquals(times, 0, `effect ${index} overtook one in doubt`);
  }
  const before = scenario.simDisk.snapshot();
  await scenario.resume();
  assertStrictEquals(scenario.simDisk.snapshot(), before, "an effect in doubt did not stay so");
  const decision = random.oneIn(2) ? "perform" : "skip";
  const { result: decided } = await scenario.resume(decision);
  assert(typeof decided === "object" && decided.status === "complete");
  assertStrictEquals(decided.skipped, decision === "skip" ? last - first + 1 : 0);
  for (const [index, times] of scenario.shown().entries()) {
    if (index < first || index > last) assertStrictEquals(times, 1, `effect ${index}`);
    else if (decision === "perform") assert(times === 1 || times === 2);
    else assert(times <= 1);
  }
}

/**
 * Plants a fault in a run, and runs the same program again before the first is resumed: same effects, same sinks, same input. Where the
 * second is let in at all, neither may take the other's effects for its own.
 */
export async function faultThenRunAgain(
  subject: Subject,
  trial: Trial & { readonly fault: PlannedFault; readonly power?: Death["power"] },
): Promise<void> {
  const { setup, at, fault, power = "stays", random } = trial;
  const first = new Scenario(subject, setup);
  await first.begin({ at, fault });
  losePower(first, { power }, random);
  const second = new Scenario(subject, setup, first);
  await second.begin();
  const { result } = await first.resume();
  await second.resume();
  const times = result === "no run" ? 1 : 2;
  const isRecordedOnly = (index: number) => setup.sinks === "mixed" && index % 7 === 2;
  const due = first.counts().map((_, index) => isRecordedOnly(index) ? 0 : times);
  assertEquals(first.counts(), due);
  for (const run of result === "no run" ? [second] : [first, second]) {
    assertStrictEquals(run.logged()?.progress.isComplete, true);
  }
}

/**
 * All crash tests, on small runs. Throws at the first violation. The operations of all setups come in one random order, so that a bug that
 * shows in few setups is found about as soon as any other.
 */
export async function runCrashTests(subject: Subject, random: Random): Promise<number> {
  const points: { readonly setup: Setup; readonly at: number }[] = [];
  for (const sinks of (["mixed", "file", "ledger"] as const).slice(0, sized({ quick: 1, ci: 3 }))) {
    for (const groupSize of [3, 1].slice(0, sized({ quick: 1, ci: 2 }))) {
      const setup: Setup = { effects: 7, groupSize, sinks };
      const operations = await operationsOf(subject, setup);
      await new Scenario(subject, setup).begin("short writes");
      for (let at = 0; at < operations; at++) points.push({ setup, at });
    }
  }
  for (const point of random.shuffled(points)) await crashAt(subject, { ...point, random });
  return points.length * (2 * DEATHS.length + 4 * REFUSALS.length);
}

/** Every way to die, and every refusal, at one operation. */
async function crashAt(subject: Subject, trial: Trial): Promise<void> {
  for (const { power, torn } of DEATHS) {
    await killAndResume(subject, { ...trial, death: { power, torn } });
    await faultThenRunAgain(subject, { ...trial, power, fault: { kind: "die", torn } });
  }
  for (const error of REFUSALS) {
    for (const torn of [false, true]) {
      await refuseAndResume(subject, { ...trial, error, torn });
      await faultThenRunAgain(subject, { ...trial, fault: { kind: "refuse", error, torn } });
    }
  }
}
