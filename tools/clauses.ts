/**
 * `deno task clauses`: lists which tests cover which clauses of the language. A test names its clauses in a comment directly
 * above it, `// covers: CON-06, EFF-12`; `docs/clauses.json` lists all clauses. A test whose name contains "held" shows that a rule
 * is obeyed; one with "violated" or "refused" shows that a violation is found.
 *
 * @module
 */
import clauses from "../docs/clauses.json" with { type: "json" };

/** One clause of the language. */
export interface Clause {
  readonly id: string;
  readonly area: string;
  readonly level: string;
  readonly version: string;
  /** What it applies to: loading, a static check, execution, the log … */
  readonly applies: string;
  readonly title: string;
}

/** A test with the clauses that it names. */
export interface Coverage {
  readonly file: string;
  /** Line of the comment, from 1. */
  readonly line: number;
  readonly ids: readonly string[];
  /** The name of the test in the source; empty if no test follows the comment. */
  readonly test: string;
}

/** Every clause, in the order of the areas. */
export const CLAUSES: readonly Clause[] = clauses;

const ROOT = new URL("../", import.meta.url);
const FOLDERS = ["cli", "dvm", "store", "tests", "tools"];

/** All `covers` comments of the project's tests. */
export function readCoverage(): readonly Coverage[] {
  return FOLDERS.flatMap(testFiles).flatMap((path) =>
    coverageOf(path, Deno.readTextFileSync(new URL(path, ROOT)))
  );
}

function testFiles(folder: string): string[] {
  const entries = [...Deno.readDirSync(new URL(folder, ROOT))].sort((a, b) =>
    a.name < b.name ? -1 : 1
  );
  return entries.flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return testFiles(path);
    return name.endsWith("_test.ts") ? [path] : [];
  });
}

/** The comments of one file, each with the test that follows it. */
export function coverageOf(file: string, text: string): readonly Coverage[] {
  const lines = text.split("\n");
  return lines.flatMap((content, index) => {
    const listed = /^\s*\/\/ covers:(.*)$/.exec(content)?.[1];
    if (listed === undefined) return [];
    const ids = listed.match(/[A-Z]+-[0-9]+/g) ?? [];
    return [{ file, line: index + 1, ids, test: testAfter(lines, index) }];
  });
}

/** The name of the next test; the comment is above the test, or above a row of its table. */
function testAfter(lines: readonly string[], index: number): string {
  const ahead = lines.slice(index + 1).join("\n");
  const name =
    /Deno\.test\(\s*(?:(?:(?:needing|asRoot)\(\s*)?\{\s*name:\s*)?["`'](.*)["`'],?|\bt\.step\(\s*["`'](.*)["`']/
      .exec(ahead);
  return name?.[1] ?? name?.[2] ?? "";
}

/** The table: one line per clause, followed by its tests. */
export function coverageTable(
  coverage: readonly Coverage[],
  chosen: (clause: Clause) => boolean,
): string {
  const lines: string[] = [];
  let covered = 0, all = 0;
  for (const clause of CLAUSES.filter(chosen)) {
    const tests = coverage.filter(({ ids }) => ids.includes(clause.id));
    const sides = sidesOf(tests);
    const head = `${clause.id.padEnd(7)} ${clause.level.padEnd(8)} ${clause.version}`;
    lines.push(`${head}  ${tests.length === 0 ? "-" : sides}  ${clause.title}`);
    for (const { file, line, test } of tests) lines.push(`          ${file}:${line}  ${test}`);
    all++;
    if (tests.length > 0) covered++;
  }
  lines.push("", `${covered} of ${all} clauses are covered`);
  return lines.join("\n");
}

/** `h` if a test shows that the rule is obeyed, `v` if one shows a violation, `+` if no test name contains either word. */
function sidesOf(tests: readonly Coverage[]): string {
  const names = tests.map(({ test }) => test).join("\n");
  const held = /\bheld\b/.test(names) ? "h" : "";
  const violated = /\b(violated|refused)\b/.test(names) ? "v" : "";
  return held + violated || "+";
}

const USAGE = `Lists which tests cover which clauses of the language.

deno task clauses [AREA…] [--must] [--missing]

  AREA       dir, types, k, q, phi, constraints … (default: all)
  --must     only clauses with "must" or "must not"
  --missing  only clauses without a test
`;

if (import.meta.main) main(Deno.args);

function main(words: readonly string[]): void {
  const areas = words.filter((word) => !word.startsWith("-"));
  const unknown = areas.find((area) => !CLAUSES.some((clause) => clause.area === area));
  if (unknown !== undefined || words.includes("--help")) {
    console.log(unknown === undefined ? USAGE : `unknown area ${unknown}\n\n${USAGE}`);
    return;
  }
  const coverage = readCoverage();
  const covered = new Set(coverage.flatMap(({ ids }) => ids));
  console.log(
    coverageTable(coverage, ({ id, area, level }) =>
      (areas.length === 0 || areas.includes(area)) &&
      (!words.includes("--must") || level.startsWith("must")) &&
      (!words.includes("--missing") || !covered.has(id))),
  );
}
