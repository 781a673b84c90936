/**
 * Declared types, and the one alias table through which every type name is read.
 *
 * @module
 */
import type { Shape } from "./model.ts";

/** A declared type, resolved. `unknown` stands for a name that did not resolve: it has been reported already. */
export type Type =
  | IntType
  | { readonly kind: "float"; readonly bits: 32 | 64 }
  | { readonly kind: "bool" }
  | { readonly kind: "string" }
  | { readonly kind: "char" }
  | { readonly kind: "unit" }
  | { readonly kind: "witness" }
  | { readonly kind: "shape"; readonly shape: Shape }
  | { readonly kind: "array"; readonly element: Type; readonly length: number }
  | { readonly kind: "unknown"; readonly name: string };

/** An integer type. Values are signed 64-bit; the type restricts where they may stand. */
export interface IntType {
  readonly kind: "int";
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
}
