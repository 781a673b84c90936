/**
 * Why a contract or the environment refuses a run, as events record it: closed unions with the numbers and the clause. The
 * sentences are made in `dvm/machine/refusal_message.ts`.
 *
 * @module
 */
import type { ClauseOperator } from "../dir/model.ts";
import type { Value } from "../value/value.ts";

/** A clause of a contract, with its index in it. */
export interface RefusedClause {
  /** From 0, in the order of the contract. */
  readonly index: number;
  /** The attribute that the clause constrains, `latency_us`. */
  readonly attribute: string;
  /** How the attribute is compared with {@link bound}. */
  readonly operator: ClauseOperator;
  /** The clause's value as written: `5000`, `true`. */
  readonly bound: string;
}

/** Why a contract forbids a call, or what the call returns. */
export type ContractRefusal =
  /** The clause's attribute is not defined by the language (CTR-10). */
  | { readonly kind: "unusable"; readonly clause: RefusedClause }
  /** `effects_allowed` is not granted, and a process has effects. The clause is absent when the contract states none. */
  | {
    readonly kind: "effects";
    readonly clause?: RefusedClause;
    /** `K::main`. */
    readonly proc: string;
  }
  /** `witness_transfer` is not granted, and an argument or the result holds a witness. */
  | {
    readonly kind: "witness";
    readonly clause?: RefusedClause;
    readonly carrier: "argument" | "result";
  }
  /** `witness_transfer` is granted, but an argument would carry a witness from target to source (BND-04). */
  | { readonly kind: "direction"; readonly clause?: RefusedClause }
  /** The clause does not allow the cost of the call, `actual_us` microseconds by declaration, or at least as many. */
  | { readonly kind: "latency"; readonly clause: RefusedClause; readonly actual_us: number };

/** Why the environment does not offer a declared resource. */
export type OfferRefusal =
  /** No offer of the resource. */
  | { readonly kind: "absent" }
  /** The offer does not state a declared argument. */
  | { readonly kind: "argument_missing"; readonly argument: string }
  /** The offer states another value. */
  | {
    readonly kind: "argument_differs";
    readonly argument: string;
    readonly declared: Value;
    readonly offered: Value;
  };
