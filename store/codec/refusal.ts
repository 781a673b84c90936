/**
 * Refusals of contracts and of the environment in lines of the log: written and read in one fixed order.
 *
 * @module
 */
import { unreachable } from "../../dvm/base/result.ts";
import { CLAUSE_OPERATORS } from "../../dvm/dir/model.ts";
import type { ContractRefusal, OfferRefusal, RefusedClause } from "../../dvm/event/refusal.ts";
import { encodeValue } from "../../dvm/value/wire_text.ts";
import { count, text, value, word } from "./decode_field.ts";
import type { LineScanner } from "./line_scanner.ts";

/** The member `refusal` of `bind_checked`, with the comma before it; nothing where the contract holds. */
export function encodeContractRefusal(refusal: ContractRefusal | undefined): string {
  return refusal === undefined
    ? ""
    : `,"refusal":{"kind":"${refusal.kind}"${contractFields(refusal)}}`;
}

function contractFields(refusal: ContractRefusal): string {
  const clause = encodeClause(refusal.clause);
  switch (refusal.kind) {
    case "unusable":
    case "direction":
      return clause;
    case "effects":
      return `${clause},"proc":${JSON.stringify(refusal.proc)}`;
    case "witness":
      return `${clause},"carrier":"${refusal.carrier}"`;
    case "latency":
      return `${clause},"actual_us":${refusal.actual_us}`;
    default:
      return unreachable(refusal);
  }
}

function encodeClause(clause: RefusedClause | undefined): string {
  if (clause === undefined) return "";
  const { index, attribute, operator, bound } = clause;
  return `,"clause":{"index":${index},"attribute":${JSON.stringify(attribute)},` +
    `"operator":"${operator}","bound":${JSON.stringify(bound)}}`;
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

/** The member `refusal` of `resource_denied`, with the comma before it. */
export function encodeOfferRefusal(refusal: OfferRefusal): string {
  return `,"refusal":{"kind":"${refusal.kind}"${offerFields(refusal)}}`;
}

function offerFields(refusal: OfferRefusal): string {
  switch (refusal.kind) {
    case "absent":
      return "";
    case "argument_missing":
      return `,"argument":${JSON.stringify(refusal.argument)}`;
    case "argument_differs":
      return `,"argument":${JSON.stringify(refusal.argument)},` +
        `"declared":${encodeValue(refusal.declared)},"offered":${encodeValue(refusal.offered)}`;
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
