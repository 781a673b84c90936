/**
 * The two verifiers of logs: dustrun's own, and the one for auditors (`tools/verify_log.py`), which shares no code with it.
 *
 * @module
 */
import { assert, assertStrictEquals } from "../../../std/assert.ts";
import { fromFileUrl } from "../../../std/path.ts";
import { toText } from "../../../std/streams.ts";
import { MemoryFile } from "../../../store/file/byte_file.ts";
import { verifyLog } from "../../../store/log/verify.ts";
import { tool } from "../../support/needs.ts";

/** The auditors' verifier. */
export const SCRIPT = fromFileUrl(new URL("../../../tools/verify_log.py", import.meta.url));
/** Without Python, dustrun's own verifier is asked alone. */
export const PYTHON = tool("python3");

/** A log and the verdict it should get. */
export interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** `undefined`: the verifiers must agree, whatever they say. */
  readonly status?: string;
  /** The rule that the auditors' verifier should name. */
  readonly rule?: number;
  /** How many whole lines are left; not compared for a damaged log. */
  readonly events?: number;
}

/** Asks both verifiers about every case; returns how many cases got each verdict. */
export async function judgeAll(cases: Iterable<Case>): Promise<Map<string, number>> {
  const auditor = PYTHON.isMissing() ? undefined : new Auditor();
  const asked: { readonly name: string; readonly expected: string; readonly rule: string }[] = [];
  const counts = new Map<string, number>();
  for (const { name, bytes, status, rule, events } of cases) {
    const verdict = verifyLog(new MemoryFile(bytes));
    const found = verdict.status;
    const why = verdict.status === "damaged" ? verdict.reason : "";
    if (status !== undefined) assertStrictEquals(found, status, `${name} ${why}`);
    if (verdict.status !== "damaged" && events !== undefined) {
      assertStrictEquals(verdict.events, events, name);
    }
    counts.set(found, (counts.get(found) ?? 0) + 1);
    asked.push({ name: `${name} ${why}`, expected: found, rule: String(rule ?? "") });
    await auditor?.ask(bytes);
  }
  if (auditor === undefined) return counts;
  const answers = await auditor.answers();
  assertStrictEquals(answers.length, asked.length);
  for (const [index, { name, expected, rule }] of asked.entries()) {
    const [verdict = "", named = ""] = (answers[index] ?? "").split(" ");
    assertStrictEquals(verdict, expected, `${name}: the auditors' verifier, rule ${named}`);
    if (rule !== "") assertStrictEquals(named, rule, name);
  }
  return counts;
}

/** `tools/verify_log.py --batch`: logs in, verdicts out. */
class Auditor {
  readonly #process = new Deno.Command("python3", {
    args: [SCRIPT, "--batch"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  readonly #stdin = this.#process.stdin.getWriter();
  readonly #output = toText(this.#process.stdout);

  async ask(log: Uint8Array): Promise<void> {
    await this.#stdin.write(new TextEncoder().encode(`${log.length}\n`));
    await this.#stdin.write(log.slice());
  }

  async answers(): Promise<string[]> {
    await this.#stdin.close();
    assert((await this.#process.status).success, "the auditors' verifier crashed");
    return (await this.#output).trimEnd().split("\n");
  }
}
