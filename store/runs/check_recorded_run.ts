/**
 * Compares the log of a run with what its store recorded of it.
 *
 * @module
 */
import { type AttestableLog, attestableLog } from "../attest/attestable_log.ts";
import type { Readable } from "../file/byte_file.ts";
import type { ClosedLog } from "../log/closed_log.ts";
import { oldFormOf } from "../log/log_line.ts";
import { TreeHead } from "../tree/tree_head.ts";
import type { StoreFinding } from "./store_finding.ts";
import type { RecordedRun } from "./store_rules.ts";

/** A problem of one run. */
type RunFinding = Omit<StoreFinding, "run">;

/** What is wrong with the log of a run that was not removed. */
export function checkRecordedRun(run: RecordedRun, log: Readable): readonly RunFinding[] {
  if (oldFormOf(log) !== undefined) {
    return [{ kind: "damaged", message: "its log has an earlier form than when it began" }];
  }
  const checked = attestableLog(log);
  if (!checked.ok) {
    const { line, reason } = checked.failure;
    return [{ kind: "damaged", message: `its log is damaged at line ${line}: ${reason}` }];
  }
  const { tree, outcome } = checked.value;
  const findings: RunFinding[] = [];
  if (tree.occurrence !== undefined && tree.occurrence !== run.occurrence) {
    const message = `its log is that of another occurrence, ${tree.occurrence}`;
    findings.push({ kind: "damaged", message });
  }
  const difference = differenceFromClosed(run.closed, checked.value);
  if (difference !== undefined) return [...findings, { kind: "damaged", message: difference }];
  const last = run.closed.at(-1);
  if (last?.outcome !== undefined && outcome !== last.outcome) {
    findings.push({ kind: "damaged", message: `its outcome is not ${last.outcome}, as recorded` });
  }
  return [...findings, ...unfinished(last, checked.value)];
}

/** How the log is not the one that was closed; `undefined` if it begins with what was recorded at every close. */
function differenceFromClosed(
  closed: readonly ClosedLog[],
  { tree: { blocks, outcome } }: AttestableLog,
): string | undefined {
  const head = new TreeHead();
  for (const { blocks: size, root, identity } of closed) {
    if (size > blocks.length) {
      return `${size - blocks.length} of ${size} recorded blocks of its log are missing`;
    }
    for (const { leaf } of blocks.slice(head.size, size)) head.append(leaf);
    if (head.root() !== root) return `the first ${size} blocks of its log are not those recorded`;
    if (identity !== undefined && outcome?.identity !== identity) {
      return "its outcome is not the recorded one";
    }
  }
  return undefined;
}

function unfinished(
  last: ClosedLog | undefined,
  { verdict, tree }: AttestableLog,
): readonly RunFinding[] {
  if (verdict.status !== "complete") {
    return [{ kind: "incomplete", message: "its log is not complete" }];
  }
  if (last?.blocks === tree.blocks.length) return [];
  const message = last === undefined
    ? "it is complete, and not recorded as closed; dustrun resume records it"
    : "its log has grown since it was recorded as closed; dustrun resume records it";
  return [{ kind: "incomplete", message }];
}
