/**
 * Refusals of contracts and of the environment in lines of the log: written and read in one fixed order.
 *
 * @module
 */
import { unreachable } from "../../dvm/base/result.ts";
import { CLAUSE_OPERATORS } from "../../dvm/dir/model.ts";
import type { ContractRefusal, OfferRefusal, RefusedClause } from "../../dvm/event/refusal.ts";
import { count, text, value, word } from "./decode_field.ts";
import * as encode from "./encode_field.ts";
import type { LineBytes } from "./line_bytes.ts";
import type { LineScanner } from "./line_scanner.ts";

/** Appends the member `refusal` of `bind_checked`; nothing where the contract holds. */
export function encodeContractRefusal(
  into: LineBytes,
  refusal: ContractRefusal | undefined,
): void {
  if (refusal === undefined) return;
  into.ascii(`,"refusal":{"kind":"${refusal.kind}"`);
  encodeClause(into, refusal.clause);
  encodeContractFields(into, refusal);
  into.ascii("}");
}

function encodeContractFields(into: LineBytes, refusal: ContractRefusal): void {
  switch (refusal.kind) {
    case "unusable":
    case "direction":
      return;
    case "effects":
      return encode.text(into, "proc", refusal.proc);
    case "witness":
      return encode.text(into, "carrier", refusal.carrier);
    case "latency":
      return encode.count(into, "actual_us", refusal.actual_us);
    default:
      return unreachable(refusal);
  }
}

function encodeClause(into: LineBytes, clause: RefusedClause | undefined): void {
  if (clause === undefined) return;
  into.ascii(`,"clause":{"index":${clause.index}`);
  encode.text(into, "attribute", clause.attribute);
  encode.text(into, "operator", clause.operator);
  encode.text(into, "bound", clause.bound);
  into.ascii("}");
}

/** Reads what {@link encodeContractRefusal} writes. */
export function readContractRefusal(s: LineScanner): ContractRefusal | undefined {
  if (!s.skip(',"refusal":{"kind":')) return undefined;
  const refusal = readContractFields(s);
  s.literal("}");
  return refusal;
}

function readContractFields(s: LineScanner): ContractRefusal {
  const kind = s.word(["unusable", "effects", "witness", "direction", "latency"]);
  switch (kind) {
    case "unusable":
      return { kind, clause: readClause(s) };
    case "effects":
      return { kind, ...optionalClause(s), proc: text(s, "proc") };
    case "witness":
      return { kind, ...optionalClause(s), carrier: word(s, "carrier", ["argument", "result"]) };
    case "direction":
      return { kind, ...optionalClause(s) };
    case "latency":
      return { kind, clause: readClause(s), actual_us: count(s, "actual_us") };
    default:
      return unreachable(kind);
  }
}

function readClause(s: LineScanner): RefusedClause {
  s.literal(',"clause":{"index":');
  return clauseAfterIndex(s);
}

function optionalClause(s: LineScanner): { readonly clause?: RefusedClause } {
  return s.skip(',"clause":{"index":') ? { clause: clauseAfterIndex(s) } : {};
}

function clauseAfterIndex(s: LineScanner): RefusedClause {
  const clause = {
    index: s.natural(),
    attribute: text(s, "attribute"),
    operator: word(s, "operator", CLAUSE_OPERATORS),
    bound: text(s, "bound"),
  };
  s.literal("}");
  return clause;
}

/** Appends the member `refusal` of `resource_denied`. */
export function encodeOfferRefusal(into: LineBytes, refusal: OfferRefusal): void {
  into.ascii(`,"refusal":{"kind":"${refusal.kind}"`);
  encodeOfferFields(into, refusal);
  into.ascii("}");
}

function encodeOfferFields(into: LineBytes, refusal: OfferRefusal): void {
  switch (refusal.kind) {
    case "absent":
      return;
    case "argument_missing":
      return encode.text(into, "argument", refusal.argument);
    case "argument_differs":
      encode.text(into, "argument", refusal.argument);
      encode.value(into, "declared", refusal.declared);
      return encode.value(into, "offered", refusal.offered);
    default:
      return unreachable(refusal);
  }
}

/** Reads what {@link encodeOfferRefusal} writes. */
export function readOfferRefusal(s: LineScanner): OfferRefusal {
  s.literal(',"refusal":{"kind":');
  const refusal = readOfferFields(s);
  s.literal("}");
  return refusal;
}

function readOfferFields(s: LineScanner): OfferRefusal {
  const kind = s.word(["absent", "argument_missing", "argument_differs"]);
  switch (kind) {
    case "absent":
      return { kind };
    case "argument_missing":
      return { kind, argument: text(s, "argument") };
    case "argument_differs":
      return {
        kind,
        argument: text(s, "argument"),
        declared: value(s, "declared"),
        offered: value(s, "offered"),
      };
    default:
      return unreachable(kind);
  }
}
