/**
 * A conflict of many statements, grouped: what speaks of one unknown alone, with the range that it leaves, and what ties several, joined
 * where they share an unknown.
 *
 * @module
 */
import type { ExplainedConjunct, ExplainedRange } from "../../api/configurations.ts";
import type { ConflictStatement } from "../../api/explain.ts";
import { countOf } from "../text/count.ts";
import { type Line, line } from "../text/style.ts";

/** A conflict of more statements than this is grouped. */
export const SHORT_CONFLICT_MAX = 8;

/** A heading names at most so many unknowns. */
const NAMES_MAX = 8;

interface Group {
  readonly names: Set<string>;
  readonly statements: Set<ConflictStatement>;
  readonly conjuncts: ExplainedConjunct[];
}

/** The statements in groups, in the order of the first of each; last what an unknown is left by statements that exclude each other. */
export function renderLongConflict(
  statements: readonly ConflictStatement[],
  conjuncts: readonly ExplainedConjunct[],
): readonly Line[] {
  const byPath = new Map(conjuncts.map((conjunct) => [conjunct.path, conjunct]));
  const lines = groupsOf(statements, byPath).flatMap((group) => [
    line(`  ${headingOf(group)}`, "heading"),
    ...statements.filter((each) => group.statements.has(each)).map(({ text, place }) =>
      line(text === "" ? `    ${place}` : `    ${text}  (${place})`)
    ),
  ]);
  const meetings = conjuncts.flatMap(({ variables, reason }) =>
    variables.some(({ here, others }) => here.lo > others.hi || here.hi < others.lo)
      ? [line(`  ${reason}`)]
      : []
  );
  return [...lines, ...meetings];
}

function groupsOf(
  statements: readonly ConflictStatement[],
  byPath: ReadonlyMap<string, ExplainedConjunct>,
): readonly Group[] {
  const groups: Group[] = [];
  for (const statement of statements) {
    const conjunct = byPath.get(statement.path);
    const names = conjunct?.variables.map(({ name }) => name) ?? [];
    const isTie = names.length > 1;
    const meets = (group: Group) =>
      group.names.size > 1 === isTie &&
      (names.some((name) => group.names.has(name)) ||
        (names.length === 0 && group.names.size === 0));
    const [first, ...others] = groups.filter(meets);
    const group = first ?? { names: new Set(), statements: new Set(), conjuncts: [] };
    if (first === undefined) groups.push(group);
    group.statements.add(statement);
    if (conjunct !== undefined) group.conjuncts.push(conjunct);
    for (const name of names) group.names.add(name);
    for (const other of others) {
      groups.splice(groups.indexOf(other), 1);
      for (const each of other.statements) group.statements.add(each);
      for (const each of other.conjuncts) group.conjuncts.push(each);
      for (const name of other.names) group.names.add(name);
    }
  }
  return groups;
}

function headingOf({ names, statements, conjuncts }: Group): string {
  const [name, ...more] = names, of = countOf(statements.size, "statement");
  if (name === undefined) return of;
  if (more.length > 0) {
    const named = [...names].slice(0, NAMES_MAX).join(", "), left = names.size - NAMES_MAX;
    return `${named}${left > 0 ? ` and ${left} more` : ""}: tied by ${of}`;
  }
  const ranges = conjuncts.flatMap(({ variables }) => variables.map(({ here }) => here));
  return `${name}: ${renderMeeting(ranges)} by ${of}`;
}

/** What several ranges have in common. */
function renderMeeting(ranges: readonly ExplainedRange[]): string {
  const lo = ranges.map((range) => range.lo).reduce((a, b) => a > b ? a : b);
  const hi = ranges.map((range) => range.hi).reduce((a, b) => a < b ? a : b);
  if (lo > hi) return "no value";
  return lo === hi ? String(lo) : `${lo} … ${hi}`;
}
