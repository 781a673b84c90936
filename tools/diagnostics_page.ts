/**
 * `docs/diagnostics.md`: every code that dustrun reports, from the registry.
 *
 * @module
 */
import { FAULT_CODES } from "../cli/host/fault.ts";
import { exitOfFailure } from "../cli/host/exit_codes.ts";
import { type CodeEntry, REGISTRY } from "../mod.ts";

/** Families by the first two digits of a code. */
const FAMILIES: readonly (readonly [string, string])[] = [
  ["01", "Loading: the text is not DIR"],
  ["02", "Names and structure"],
  ["03", "Types"],
  ["04", "Linearity"],
  ["05", "Effects"],
  ["06", "Binds and contracts"],
  ["07", "Resources and time"],
  ["08", "Evaluation"],
  ["09", "Constraints and Φ"],
  ["10", "Entry and arguments"],
  ["11", "Limits"],
  ["12", "The upstream executor (`--semantics host-0.1`)"],
];

/** The page's text. */
export function diagnosticsPage(): string {
  return `# Diagnostics

Errors in a program are reported as diagnostics with stable codes. Codes are never renamed or reused; the first two digits are the
family. \`dustrun explain CODE\` prints the entry of this page. A diagnostic has three forms: drawn on a terminal; plain
(\`file:line:column: error[CODE]: message\`, then the statement with its mark) elsewhere; and as one JSON object per line with
\`--json\`:

| member | |
|---|---|
| \`code\`, \`kind\`, \`message\` | the code, the failure kind, and one sentence without host data |
| \`title\`, \`clauses\`, \`spec\` | the rule, from this page |
| \`marks\` | the places it points at: the place of the error first, then those it depends on (an earlier use, a declaration) |
| \`help\` | how to fix it |

A mark has \`role\` (\`main\` for the place of the error; \`origin\`, \`binding\`, \`clause\`, \`declaration\` or \`conflict\`),
\`artifact\`, \`path\` (in the DIR), \`line\` and \`column\` (from 1, in UTF-16 units), \`proc\` (the process that contains it),
\`text\` (the statement in readable form), \`span\` (the offending part of \`text\`) and \`label\`.

All violations of static rules are reported at once, in document order, without consequential errors. The outcome of a run names the
first.
${FAMILIES.map(familySection).join("")}
## 13 The command line, 14 the environment manifest

| code | | exit |
|---|---|---|
${
    Object.entries(FAULT_CODES).map(([code, { title, rule, exit }]) =>
      row([`**${code}** ${title}`, rule, `${exit}`])
    ).join("\n")
  }
`;
}

function familySection([family, title]: readonly [string, string]): string {
  const entries: [string, CodeEntry][] = Object.entries(REGISTRY);
  const rows = entries.filter(([code]) => code.slice(2, 4) === family).sort(byCode).map(codeRow);
  return `
## ${family} ${title}

| code | rule | failure | clauses |
|---|---|---|---|
${rows.join("\n")}
`;
}

function codeRow([code, entry]: readonly [string, CodeEntry]): string {
  const semantics = entry.spec === "host-0.1" ? "host-0.1" : "spec";
  const failure = `${entry.kind} (exit ${exitOfFailure(entry.kind, semantics)})`;
  return row([
    `**${code}** ${entry.title}`,
    entry.rule,
    failure,
    `${entry.clauses.join(", ")}; ${entry.spec}`,
  ]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function byCode([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
