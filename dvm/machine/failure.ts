/**
 * Everything that ends a run without success, as data: a closed union with the numbers, the names and the places. Codes and marks
 * come from these members alone (`failure_code.ts`, `failure_marks.ts`); `message.ts` and `failure_help.ts` make the sentences.
 *
 * @module
 */
import type {
  Bind,
  Clause,
  ConstrainStmt,
  ExprText,
  Operation,
  Param,
  Proc,
  Stmt,
  Use,
} from "../dir/model.ts";
import type { Located } from "../dir/statement_paths.ts";
import type { Type } from "../dir/type.ts";
import type { EvaluationFailure } from "../eval/evaluated.ts";
import type { FitFailure } from "../eval/failure.ts";
import type { ContractRefusal, OfferRefusal } from "../event/refusal.ts";
import type { Holder } from "../event/state.ts";
import type { Int64 } from "../value/int64.ts";
import type { IoFailure } from "./io_failure.ts";
import type { ThreadFailure } from "./thread_failure.ts";
import type { NamedValue } from "../value/value.ts";

/** Why a run ends without success. */
export type RunFailure =
  // ── entry and arguments ──
  /**
   * The entry path names no process, or several. `nearest` are the processes that the path probably means, `choices` those that can be
   * an entry: no two of them have the same full path.
   */
  | {
    readonly kind: "entry";
    readonly path: string;
    readonly candidates: readonly Proc[];
    readonly nearest: readonly Proc[];
    readonly choices: readonly Proc[];
  }
  /** Of the entry; or, if `isGate`, of a gating Φ process, over whose parameter existence cannot be decided. */
  | {
    readonly kind: "missing_argument";
    readonly proc: Proc;
    readonly param: Param;
    readonly isGate: boolean;
  }
  | { readonly kind: "unknown_argument"; readonly proc: Proc; readonly name: string }
  /** The entry takes a handle, as `param`, or returns one. */
  | { readonly kind: "entry_handle"; readonly proc: Proc; readonly param: Param | undefined }
  | {
    readonly kind: "argument";
    readonly proc: Proc;
    readonly param: Param;
    readonly failure: ArgumentFailure;
  }
  // ── admission ──
  /** A declared resource is not on offer. */
  | {
    readonly kind: "resource";
    readonly proc: Proc;
    readonly use: Use;
    readonly refusal: OfferRefusal;
    /** The name nearest to that of the resource among those on offer, if one is near. */
    readonly nearest: string | undefined;
  }
  /** A gate's bind has a clause that the language does not define. */
  | { readonly kind: "gate"; readonly bind: Bind; readonly clause: Clause }
  // ── contracts, constraints, existence ──
  /** A contract forbids the call that `stmt` of `caller` makes; `exceeding` is the statement in it that time does not allow. */
  | {
    readonly kind: "contract";
    readonly bind: Bind;
    readonly caller: Proc;
    readonly stmt: Stmt;
    readonly refusal: ContractRefusal;
    readonly exceeding: Located | undefined;
  }
  | { readonly kind: "constraint"; readonly proc: Proc; readonly stmt: ConstrainStmt }
  /**
   * No configuration exists: these statements and the ranges of these parameters exclude one another. Without members, no minimal
   * conflict was found within its budget; then `excluding` is the smallest conflict that was found.
   */
  | {
    readonly kind: "conflict";
    readonly proc: Proc;
    readonly members: readonly Located[];
    readonly excluding: readonly Located[];
    readonly bounds: readonly string[];
  }
  | { readonly kind: "undecided"; readonly proc: Proc; readonly work: number }
  /** A configuration exists, but the canonical one was not found within its budget. */
  | { readonly kind: "unordered"; readonly proc: Proc; readonly found: readonly NamedValue[] }
  | {
    readonly kind: "false_proof";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly from: string;
  }
  // ── evaluation ──
  | {
    readonly kind: "evaluation";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly expr: ExprText;
    readonly failure: EvaluationFailure;
  }
  /** The value of `expr` does not fit the type that its destination declares. */
  | {
    readonly kind: "misfit";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly expr: ExprText;
    readonly failure: FitFailure;
    readonly destination: Destination;
  }
  // ── memory ──
  | {
    readonly kind: "negative_size";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly operation: Operation;
    readonly size: Int64;
  }
  /** `used` bytes of `limit` are in use, and `stmt` asks for `size` more. */
  | {
    readonly kind: "memory_limit";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly operation: Operation;
    readonly size: Int64;
    readonly used: number;
    readonly limit: number;
  }
  /** The holder was freed before; `earlier` has the places where it was made and freed. */
  | {
    readonly kind: "use_after_free" | "double_free";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly holder: string;
    readonly earlier: Holder;
  }
  /**
   * A live holder is lost: `name` leaves scope or gets another value, or the holder never had a name. `stmt` is what loses it, or the
   * one around the block that ends; `undefined` at the end of the process.
   */
  | {
    readonly kind: "leak";
    readonly proc: Proc;
    readonly stmt: Stmt | undefined;
    readonly holder: string;
    readonly name: string | undefined;
    readonly origin: Located;
  }
  | {
    readonly kind: "outside_region";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly size: number;
    readonly width: Int64;
    readonly origin: Located;
  }
  // ── threads and locks ──
  | ThreadFailure
  // ── files, ports and devices ──
  | IoFailure
  // ── time and limits ──
  /** With the statement `at`, `proc` would cost more microseconds than its `Timer` allows. */
  | {
    readonly kind: "deadline";
    readonly proc: Proc;
    readonly use: Use;
    readonly deadline: bigint;
    readonly cost: bigint;
    readonly at: Located;
  }
  | {
    readonly kind: "tick_limit" | "call_limit" | "depth_limit";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly limit: number;
  };

/** Where a value was to go. */
export type Destination =
  | { readonly kind: "local" }
  | { readonly kind: "parameter"; readonly proc: Proc; readonly param: Param }
  | { readonly kind: "result"; readonly proc: Proc };

/** Why an argument cannot be read at the type of its parameter. */
export type ArgumentFailure =
  | { readonly kind: "unrecordable"; readonly cause: Unrecordable }
  | { readonly kind: "misfit"; readonly failure: FitFailure }
  | { readonly kind: "missing_field"; readonly shape: string; readonly field: string }
  | { readonly kind: "unknown_field"; readonly shape: string; readonly field: string }
  | { readonly kind: "field"; readonly field: string; readonly failure: ArgumentFailure }
  | { readonly kind: "lone_surrogate" }
  | { readonly kind: "not_one_character" }
  /** A fraction, or an integer beyond 64 bits. */
  | { readonly kind: "not_an_integer"; readonly given: string }
  /** A number outside the range of a float type. */
  | { readonly kind: "outside"; readonly given: string; readonly type: Type }
  | {
    readonly kind: "other_form";
    readonly type: Type;
    readonly found: PlainForm;
    /** The text, of a string. */
    readonly text: string | undefined;
  };

/** The form of a plain argument. */
export type PlainForm = "null" | "array" | "object" | "number" | "string" | "boolean";

/** Why no log can record an argument. */
export type Unrecordable =
  /** More parts, more text or deeper nesting than the limits allow (`dvm/base/limits.ts`). */
  | { readonly kind: "parts" | "text" | "depth" }
  | { readonly kind: "not_finite"; readonly number: string }
  /** `type` is the JavaScript type: `undefined`, `symbol`, `function`. */
  | { readonly kind: "not_json"; readonly type: string };
