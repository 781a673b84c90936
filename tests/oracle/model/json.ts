/**
 * JSON for the model: whether a text is JSON is the host's to say, nodes with their offsets come from a library (DIR-01).
 * Nothing of `dvm/` is used.
 *
 * @module
 */
import { type Node, type ParseError, parseTree } from "jsonc-parser";
import { LoadRefusal } from "./rules.ts";

export type { Node };

/** The tree of one JSON text, or a {@link LoadRefusal}. */
export function jsonTree(text: string): Node {
  try {
    JSON.parse(text);
  } catch {
    throw new LoadRefusal("not JSON");
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  if (root === undefined || errors.length > 0) throw new LoadRefusal("not JSON");
  return root;
}

/** The items of a list; none where the member is absent. */
export function elements(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  if (node.type !== "array") throw new LoadRefusal("a list is expected");
  return node.children ?? [];
}

/** The members of an object, in order. */
export function properties(
  node: Node | undefined,
): { readonly name: string; readonly value: Node }[] {
  if (node?.type !== "object") throw new LoadRefusal("an object is expected");
  return (node.children ?? []).map(({ children }) => {
    const [key, value] = children ?? [];
    if (key === undefined || value === undefined) throw new LoadRefusal("a member without a value");
    return { name: string(key), value };
  });
}

/** The text of a string, which is well-formed Unicode. */
export function string(node: Node | undefined): string {
  if (node?.type !== "string") throw new LoadRefusal("a string is expected");
  const text = String(node.value);
  if (!text.isWellFormed()) throw new LoadRefusal("a lone surrogate");
  return text;
}

/** Whether a boolean is true. */
export function boolean(node: Node | undefined): boolean {
  if (node?.type !== "boolean") throw new LoadRefusal("true or false is expected");
  return node.value === true;
}

/** Whether a member is `null`. */
export function isNull(node: Node | undefined): boolean {
  return node?.type === "null";
}
