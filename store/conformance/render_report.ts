/**
 * Renders the report of a suite as text, JSON, JUnit XML or TAP. Names and reasons may come from anywhere: control, bidirectional and
 * invisible characters of theirs are shown in text and TAP, and escaped in JSON and XML.
 *
 * @module
 */
import { replaceInvisible, visible, visibleJson } from "../../dvm/text/visible.ts";
import type { CaseResult } from "./run_case.ts";
import type { SuiteReport } from "./suite.ts";

/** Renders failures with their first difference, skips with their reasons, and the counts. */
export function renderText(report: SuiteReport): string {
  const lines: string[] = [];
  for (const { name, file, reason } of of(report, "fail")) {
    lines.push(`FAIL ${name} (${file})`, `     ${reason}`);
  }
  for (const [reason, names] of byReason(of(report, "skip"))) {
    lines.push(`skip ${names.length === 1 ? names[0] : `${names.length} cases`}: ${reason}`);
    if (names.length > 1) {
      lines.push(`     ${names.slice(0, 8).join(", ")}${more(names.length - 8)}`);
    }
  }
  const { passed, failed, skipped } = report;
  lines.push(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return `${lines.map(visible).join("\n")}\n`;
}

/** Renders counts and cases as one JSON object. */
export function renderJson(report: SuiteReport): string {
  const { passed, failed, skipped, results } = report;
  const cases = results.map(({ name, file, status, reason, covers }) => ({
    name,
    file,
    status,
    reason,
    covers,
  }));
  return `${visibleJson(JSON.stringify({ passed, failed, skipped, cases }))}\n`;
}

/** Renders JUnit XML for build servers. It has no times. */
export function renderJunit(report: SuiteReport): string {
  const { results, failed, skipped } = report;
  const cases = results.map(({ name, file, status, reason }) => {
    const open = `  <testcase classname="${xml(file)}" name="${xml(name)}"`;
    if (status === "pass") return `${open}/>`;
    const inner = status === "fail"
      ? `<failure message="${xml(reason)}"/>`
      : `<skipped message="${xml(reason)}"/>`;
    return `${open}>${inner}</testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="conformance" tests="${results.length}" failures="${failed}" skipped="${skipped}" errors="0">`,
    ...cases,
    "</testsuite>",
    "",
  ].join("\n");
}

/** Renders the Test Anything Protocol, version 13. */
export function renderTap({ results }: SuiteReport): string {
  const lines = results.flatMap(({ name, status, reason }, index) => {
    const number = index + 1;
    const text = name.replaceAll("#", "\\#");
    switch (status) {
      case "pass":
        return [`ok ${number} - ${text}`];
      case "skip":
        return [`ok ${number} - ${text} # SKIP ${oneLine(reason)}`];
      case "fail":
        return [`not ok ${number} - ${text}`, ...reason.split("\n").map((line) => `# ${line}`)];
    }
  });
  return `TAP version 13\n1..${results.length}\n${lines.map(visible).join("\n")}\n`;
}

function of({ results }: SuiteReport, status: CaseResult["status"]): readonly CaseResult[] {
  return results.filter((result) => result.status === status);
}

function byReason(skipped: readonly CaseResult[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name, reason } of skipped) {
    const names = groups.get(reason);
    if (names === undefined) groups.set(reason, [name]);
    else names.push(name);
  }
  return groups;
}

function more(count: number): string {
  return count > 0 ? ` and ${count} more` : "";
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

function xml(text: string): string {
  const named: { readonly [char: string]: string } = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  // deno-lint-ignore no-control-regex -- XML 1.0 cannot represent these
  const writable = text.replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd");
  const marked = writable.replaceAll(/[&<>"]/g, (char) => named[char] ?? char);
  return replaceInvisible(marked, (char) => `&#${char.codePointAt(0)};`);
}
