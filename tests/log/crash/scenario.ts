/**
 * One run with effects on a simulated disk: begun, struck at some operation, resumed until it is done, and judged against what its
 * program says must have happened.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import type { EffectRoute } from "../../../dvm/event/event.ts";
import { auditLog, type LogAudit } from "../../../store/projection/audit/audit_log.ts";
import { readRange } from "../../../store/file/byte_file.ts";
import { joinBytes } from "../../../store/file/join_bytes.ts";
import { fileInput } from "../../../store/log/environment_input.ts";
import { checkLedger, type LedgerEntry } from "../../../store/realize/ledger.ts";
import { type LoggedRun, readRun } from "../../../store/realize/realization_log.ts";
import type { RealizationResult } from "../../../store/realize/realize.ts";
import { bytesOfInt64, payloadOfBytes } from "../../../dvm/value/bytes.ts";
import { proc, program } from "../../support/program.ts";
import { Crash, type PlannedFault, Session, SimDisk } from "./sim_disk.ts";

/** The code under test: the real one, or a copy with a bug planted in it. */
export interface Subject {
  readonly runLog: typeof import("../../../store/runs/logged_execution.ts");
  readonly logWriter: typeof import("../../../store/log/writer.ts");
  readonly first: typeof import("../../../store/realize/first_realization.ts");
  readonly resume: typeof import("../../../store/realize/resume.ts");
  readonly realizer: typeof import("../../../store/realize/realizer.ts");
}

/** Loads the code under test from the folder that has `store/` in it. */
export async function subjectFrom(root: string): Promise<Subject> {
  const load = (path: string) => import(new URL(path, root).href);
  return {
    runLog: await load("store/runs/logged_execution.ts"),
    logWriter: await load("store/log/writer.ts"),
    first: await load("store/realize/first_realization.ts"),
    resume: await load("store/realize/resume.ts"),
    realizer: await load("store/realize/realizer.ts"),
  };
}

const OUT = "/w/out.txt";
const DATA = "/w/data.bin";
const LEDGER = "/w/.dustrun/seals.jsonl";
const FOLDERS = ["/", "/w", "/w/.dustrun", "/w/.dustrun/runs"];

/** Which effects a run has, and where they go. */
export interface Setup {
  readonly effects: number;
  readonly groupSize: number;
  /**
   * `file` and `terminal`: all are emitted there; `ledger`: all are sealed; `mixed`: emitted to a file, observed, sealed in turns;
   * `written`: bytes written to a file of the run, which are no lines, and among them emitted to another file.
   */
  readonly sinks: "file" | "ledger" | "terminal" | "mixed" | "written";
}

/** One effect that must happen. */
interface Due {
  readonly kind: "emit" | "observe" | "seal" | "write:data";
  readonly payload: string;
  /** Of a write: the bytes that the file receives. */
  readonly bytes?: Uint8Array;
}

/** The effects of a setup, in order. Payloads differ in length, so that no offset is right by accident. */
function effectsDue({ effects, sinks }: Setup): Due[] {
  return Array.from({ length: effects }, (_, index) => {
    const kind = kindOf(index, sinks);
    if (kind !== "write:data") return { kind, payload: `effect ${index}${"!".repeat(index % 5)}` };
    const bytes = bytesOfInt64(numberAt(index)).subarray(0, countAt(index));
    return { kind, payload: payloadOfBytes(bytes), bytes };
  });
}

/** What a run writes: some bytes of a number, text or not. */
function numberAt(index: number): number {
  return index % 3 === 0 ? 0x0a41_0a42 + index : 0xff_0000 + index * 257;
}

function countAt(index: number): number {
  return index % 6;
}

/** The statements of a program that has these effects. */
function statementsOf(due: readonly Due[]): string[] {
  const body = due.flatMap(({ kind, payload }, index) =>
    kind === "write:data"
      ? [`call store(b, ${numberAt(index)})`, `let n${index} = write(f, b, ${countAt(index)})`]
      : [`${kind} ${JSON.stringify(payload)}`]
  );
  const isWritten = due.some(({ kind }) => kind === "write:data");
  return isWritten
    ? ['let f = open("data", "w")', "let b = alloc(8)", ...body, "call free(b)", "call close(f)"]
    : body;
}

function kindOf(index: number, sinks: Setup["sinks"]): Due["kind"] {
  if (sinks === "ledger") return "seal";
  if (sinks === "written") return index % 4 === 3 ? "emit" : "write:data";
  if (sinks !== "mixed") return "emit";
  return (["emit", "emit", "observe", "seal", "seal", "emit", "seal"] as const)[index % 7] ??
    "emit";
}

/** What befalls a process: something at its operation `at`, or writes that are all short. */
export interface Fate {
  readonly at: number;
  readonly fault: PlannedFault;
}

/** A disk with one run on it. */
export class Scenario {
  readonly simDisk: SimDisk;
  readonly #subject: Subject;
  readonly #setup: Setup;
  readonly #due: readonly Due[];
  readonly #log: string;

  constructor(subject: Subject, setup: Setup, earlier?: Scenario) {
    this.simDisk = earlier?.simDisk ?? new SimDisk(FOLDERS);
    this.#log = `/w/.dustrun/runs/00000${earlier === undefined ? 1 : 2}-run.jsonl`;
    this.#subject = subject;
    this.#setup = setup;
    this.#due = effectsDue(setup);
  }

  /** Resolves and realizes. Returns how it ended, and how many operations it took. */
  begin(fate?: Fate | "short writes"): Promise<Ended> {
    return this.#within(fate, async (session) => {
      const file = session.openLog(this.#log, { isNew: true });
      const writer = new this.#subject.logWriter.LogWriter(file);
      const realizers: EffectRoute[] = this.#setup.sinks === "terminal"
        ? []
        : [{ effect: "emit", realizer: `file:${OUT}` }];
      const semantics = "spec" as const;
      const { runLog, realizer, first } = this.#subject;
      const inputs = [fileInput({ name: "data", modes: "w", sink: `file:${DATA}` })];
      const text = program(proc("K::main() -> i64", ...statementsOf(this.#due), "return 0"));
      const input = { mode: "realize" as const, environment: { realizers, inputs } };
      const { outcome } = runLog.executeToLog({ artifacts: [{ name: "p", text }], input }, writer);
      assertStrictEquals(outcome.error, undefined);
      const header = { semantics, realizers };
      const routes = realizer.routesOf({ header, inputs, ledgerPath: LEDGER });
      assert(routes.ok);
      return await first.realizeResolved({
        path: this.#log,
        writer,
        disk: session.disk,
        streams: { stdout: session.stdout, stderr: session.stdout },
        effects: this.#due.map(({ kind, payload }, index) => ({ index, kind, payload })),
        routes: routes.value,
        groupSize: this.#setup.groupSize,
      });
    });
  }

  /** Resumes once, as a new process. */
  resume(decision?: "perform" | "skip", fate?: Fate | "short writes"): Promise<Ended> {
    return this.#within(fate, async (session) => {
      if (this.simDisk.inode(this.#log) === undefined) return "no run";
      const resumed = await this.#subject.resume.resumeLog({
        path: this.#log,
        file: session.openLog(this.#log),
        tornTails: session.tornTailsOf(this.#log),
        disk: session.disk,
        streams: { stdout: session.stdout, stderr: session.stdout },
        groupSize: this.#setup.groupSize,
        ...(decision === undefined ? {} : { inDoubt: decision }),
      });
      if (resumed.ok) return resumed.value.realized ?? "no run";
      const { code } = resumed.failure;
      assert(code === "empty-log" || code === "unresolved", JSON.stringify(resumed.failure));
      return "no run";
    });
  }

  async #within(
    fate: Fate | "short writes" | undefined,
    work: (session: Session) => Promise<RealizationResult | "no run">,
  ): Promise<Ended> {
    const session = new Session(this.simDisk, fate === "short writes" ? undefined : fate);
    session.areWritesShort = fate === "short writes";
    try {
      return { result: await work(session), operations: session.operations };
    } catch (cause) {
      if (cause instanceof Crash) return { result: "crashed", operations: session.operations };
      if (cause !== refusalOf(fate)) throw cause;
      return { result: "refused", operations: session.operations };
    } finally {
      session.end();
    }
  }

  /** The run as recorded in its log; `undefined` if there is no log or it is empty. */
  logged(): LoggedRun | undefined {
    const source = this.simDisk.openToRead(this.#log);
    if (source === undefined) return undefined;
    const run = readRun(source);
    assert(run.ok, `the log is damaged: ${JSON.stringify(run)}`);
    return run.value;
  }

  /** The effects that the file and the ledger hold whole, by index; a torn end is not counted. */
  held(): ReadonlySet<number> {
    const held = new Set<number>();
    for (const index of this.#fileEffects()) held.add(index);
    for (const index of this.#writtenEffects()) held.add(index);
    for (const entry of this.ledgerEntries()) held.add(entry.effect);
    return held;
  }

  /** The indices of the effects in the file, in its order. */
  #fileEffects(): number[] {
    const lines = (this.simDisk.text(OUT) ?? "").split("\n").slice(0, -1);
    return lines.map((line) => this.#due.findIndex(({ payload }) => payload === line));
  }

  /** The indices of the writes that the file of bytes has whole, from its beginning. */
  #writtenEffects(): number[] {
    const content = this.#written();
    let end = 0;
    return this.#due.flatMap(({ bytes }, index) => {
      if (bytes === undefined) return [];
      const part = content.subarray(end, end + bytes.length);
      end += bytes.length;
      const isWhole = end <= content.length && bytes.every((byte, at) => part[at] === byte);
      return isWhole && bytes.length > 0 ? [index] : [];
    });
  }

  #written(): Uint8Array {
    const source = this.simDisk.openToRead(DATA);
    return source === undefined
      ? new Uint8Array()
      : readRange(source, { at: 0, end: source.size() });
  }

  ledgerEntries(): LedgerEntry[] {
    const source = this.simDisk.openToRead(LEDGER);
    if (source === undefined) return [];
    const entries: LedgerEntry[] = [];
    const checked = checkLedger(source, (entry) => entries.push(entry));
    assert(checked.ok, `the ledger is damaged: ${JSON.stringify(checked)}`);
    return entries;
  }

  /**
   * After a fault, before anything is mended: the audit and the sinks do not contradict each other. What it calls realized is
   * there; what it calls proposed is not; of what is intended it sees whether it is there.
   */
  assertTruthful(): void {
    const held = this.held();
    const audited = this.audit();
    if (audited === undefined) return assertStrictEquals(held.size, 0, "effects of no run");
    const { effects, findings } = audited;
    assertEquals(findings.filter(({ kind }) => kind !== "incomplete"), []);
    if (effects.length < this.#due.length) {
      assertStrictEquals(held.size, 0, "effects before the outcome");
    }
    for (const { index, kind, state, presence } of effects) {
      const isInSink = held.has(index);
      const isEmpty = this.#due[index]?.bytes?.length === 0; // then there is nothing to see
      const isRecordedOnly = kind === "observe" || this.#setup.sinks === "terminal" || isEmpty;
      if (state === "realized" && !isRecordedOnly) {
        assert(isInSink, `effect ${index} is said to be realized, and is not`);
      }
      if (state === "proposed") {
        assert(!isInSink, `effect ${index} was performed without an intent`);
      }
      if (state === "intended" && !isRecordedOnly) {
        assertStrictEquals(
          presence?.kind === "present",
          isInSink,
          `effect ${index} is there or not`,
        );
      }
    }
  }

  /** The audit of the run; `undefined` if there is no log. */
  audit(): LogAudit | undefined {
    const source = this.simDisk.openToRead(this.#log);
    return source === undefined
      ? undefined
      : auditLog(source, { disk: new Session(this.simDisk).disk });
  }

  /** In the end every effect is in its sink exactly once, in order, and the log records it. */
  assertComplete(): void {
    const emitted = this.#payloads("emit");
    const sealed = this.#payloads("seal");
    if (this.#setup.sinks !== "terminal" && emitted.length > 0) {
      assertStrictEquals(this.simDisk.text(OUT), emitted.map((payload) => `${payload}\n`).join(""));
    }
    assertEquals(this.#written(), joinBytes(this.#due.flatMap(({ bytes }) => bytes ?? [])));
    assertEquals(this.ledgerEntries().map(({ payload }) => payload), sealed);
    const { progress } = this.logged() ?? {};
    assertStrictEquals(progress?.isComplete, true);
    assertStrictEquals(progress?.performed, this.#due.length);
    assertEquals(this.audit()?.findings, []);
  }

  /** The run has no outcome, and nothing of it was performed. */
  assertNothing(): void {
    assertStrictEquals(this.simDisk.text(OUT) ?? "", "");
    assertEquals(this.#written(), new Uint8Array());
    assertEquals(this.ledgerEntries(), []);
    assertStrictEquals(this.simDisk.terminal, "");
  }

  /** How often the file and the ledger hold each effect, of whichever run. */
  counts(): number[] {
    const lines = (this.simDisk.text(OUT) ?? "").split("\n");
    const payloads = [...lines, ...this.ledgerEntries().map(({ payload }) => payload)];
    return this.#due.map(({ payload }) => payloads.filter((held) => held === payload).length);
  }

  /** How often the terminal shows each effect's line. */
  shown(): number[] {
    return this.#due.map(({ payload }) => this.simDisk.terminal.split(`${payload}\n`).length - 1);
  }

  #payloads(wanted: Due["kind"]): string[] {
    return this.#due.filter(({ kind }) => kind === wanted).map(({ payload }) => payload);
  }
}

function refusalOf(fate: Fate | "short writes" | undefined): Error | undefined {
  if (fate === undefined || fate === "short writes" || fate.fault.kind === "die") return undefined;
  return fate.fault.error;
}

/** How a process ended. */
export interface Ended {
  /** `refused`: the log itself could not be written. */
  readonly result: RealizationResult | "crashed" | "refused" | "no run";
  readonly operations: number;
}
