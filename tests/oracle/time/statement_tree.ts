/**
 * Reads the parts of statements in their JSON form.
 *
 * @module
 */
import type { StatementTree, Tree } from "../../../campaign/artifact.ts";

/** The operands of an expression, and the operator between them if there are two. */
export function operandsOf(expr: string): readonly string[] {
  return expr.match(/\w+\([^)]*\)|\S+/g) ?? [];
}

/** The form of a statement: `Let`, `If`. */
export function formOf(statement: StatementTree | undefined): string {
  return typeof statement === "object" ? Object.keys(statement)[0] ?? "" : statement ?? "";
}

function memberOf(statement: StatementTree | undefined, form: string, member: string): Tree {
  const tree = typeof statement === "object" ? statement[form] : undefined;
  if (typeof tree !== "object" || tree === null || Array.isArray(tree)) return null;
  return tree[member] ?? null;
}

/** A member of a statement that is a text. */
export function textIn(
  statement: StatementTree | undefined,
  form: string,
  member: string,
): string | undefined {
  const found = memberOf(statement, form, member);
  return typeof found === "string" ? found : undefined;
}

/** The items of a member that is a list. */
export function itemsIn(statement: StatementTree, form: string, member: string): readonly Tree[] {
  const found = memberOf(statement, form, member);
  return Array.isArray(found) ? found : [];
}

/** A member that is a block; empty where it is absent. */
export function blockIn(statement: StatementTree, form: string, member: string): StatementTree[] {
  return itemsIn(statement, form, member).flatMap((item) =>
    typeof item === "string" || (typeof item === "object" && item !== null && !Array.isArray(item))
      ? [item]
      : []
  );
}
