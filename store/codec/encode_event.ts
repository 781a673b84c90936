/**
 * Encodes an event as one line of the log: compact JSON in a fixed key order. This is the hot path of a logged run, so the text
 * is built by hand; `decode_event.ts` accepts exactly what is written here.
 *
 * @module
 */
import type { Limits } from "../../dvm/base/limits.ts";
import { unreachable } from "../../dvm/base/result.ts";
import type {
  Control,
  EffectRoute,
  Event,
  OutcomeError,
  PhiResolved,
  ProgramLoaded,
  ResourceOffer,
  RunStarted,
  StmtExec,
  WitnessEvent,
} from "../../dvm/event/event.ts";
import type { NamedValue, Value } from "../../dvm/value/value.ts";
import { encodeNamedValues, encodeValue } from "../../dvm/value/wire_text.ts";
import { textPieces } from "../file/text_pieces.ts";
import { encodeContractRefusal, encodeOfferRefusal } from "./refusal.ts";

/** Encodes an event as a line, without its LF. */
export function encodeLine(e: Event): string {
  if (e.kind === "stmt_exec") return stmtExec(e);
  const head = `{"seq":${e.seq},"kind":"${e.kind}",`;
  switch (e.kind) {
    case "enter_proc":
      return `${head}"proc":${quote(e.proc)},"forge":${quote(e.forge)},"regime":"${e.regime}",` +
        `"args":${encodeNamedValues(e.args)}}`;
    case "leave_proc":
      return `${head}"proc":${quote(e.proc)}${optionalValue("value", e.value)}}`;
    case "constraint_added":
      return `${head}${atStatement(e)},"id":${quote(e.id)},"predicate":${quote(e.predicate)},` +
        `"tick":${e.tick}}`;
    case "constraint_held":
      return `${head}${atStatement(e)},"id":${quote(e.id)}}`;
    case "constraint_failed":
      return `${head}${atStatement(e)},"id":${quote(e.id)},"reason":${quote(e.reason)}}`;
    case "effect":
      return `${head}${atStatement(e)},"index":${e.index},"effect":${quote(e.effect)},` +
        `"value":${encodeValue(e.value)},"payload":${quote(e.payload)},"tick":${e.tick}}`;
    case "q_alloc":
      return `${head}${linear(e)},"origin":"${e.origin}"}`;
    case "q_move":
      return `${head}"proc":${quote(e.proc)},"resource":${quote(e.resource)},` +
        `"from":${quote(e.from)},"to":${quote(e.to)}}`;
    case "q_use":
    case "q_leak":
      return `${head}${linear(e)}}`;
    case "q_consume":
      return `${head}${linear(e)},"reason":"${e.reason}"}`;
    case "phi_resolved":
      return head + phiResolved(e);
    case "witness":
      return head + witness(e);
    case "bind_checked":
      return `${head}"source":${quote(e.source)},"target":${quote(e.target)},` +
        `"stage":"${e.stage}","holds":${e.holds},"ticks":${e.ticks},"reason":${quote(e.reason)}` +
        `${encodeContractRefusal(e.refusal)}}`;
    case "resource_granted":
      return `${head}"proc":${quote(e.proc)},${offer(e)}}`;
    case "resource_denied":
      return `${head}"proc":${quote(e.proc)},${offer(e)},"reason":${quote(e.reason)}` +
        `${encodeOfferRefusal(e.refusal)}}`;
    case "run_started":
      return head + runStarted(e);
    case "program_loaded":
      return [...programPieces(e)].join("");
    case "outcome":
      return `${head}"status":"${e.status}"${optionalValue("returned", e.returned)}` +
        `${optionalError(e.error)},"ticks":${e.ticks},"effects":${e.effects}}`;
    case "effect_intended":
    case "effect_realized":
      return `${head}"host":true,"first":${e.first},"last":${e.last},"sink":${quote(e.sink)},` +
        `"position":${e.position},"key":${quote(e.key)}}`;
    case "effect_in_doubt":
      return `${head}"host":true,"first":${e.first},"last":${e.last},"sink":${quote(e.sink)},` +
        `"reason":${quote(e.reason)}}`;
    case "effect_resolved":
      return `${head}"host":true,"first":${e.first},"last":${e.last},"decision":"${e.decision}"}`;
    case "realization_finished":
      return `${head}"host":true,"status":"${e.status}","performed":${e.performed},` +
        `"reason":${quote(e.reason)}}`;
    case "checkpoint":
      return `${head}"bytes":${e.bytes},"sha256":"${e.sha256}","skip":[${e.skip.join(",")}]}`;
    case "recovered":
      return `${head}"host":true,"cut":${e.cut},"sha256":"${e.sha256}"}`;
    default:
      return unreachable(e);
  }
}

/** The line of an artifact in pieces: it may be large and is never held in memory as a whole. */
export function* programPieces(e: ProgramLoaded): Iterable<string> {
  yield `{"seq":${e.seq},"kind":"${e.kind}","name":${quote(e.name)},"text":"`;
  for (const piece of textPieces(e.text)) yield JSON.stringify(piece).slice(1, -1);
  yield '"}';
}

/** Characters that `JSON.stringify` may escape: quotes, backslashes, control characters, lone surrogates. */
// deno-lint-ignore no-control-regex
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** The content of the JSON string of a text. Names and paths rarely need escapes, so that case is fast. */
function escaped(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text).slice(1, -1) : text;
}

/** A text as a JSON string. */
function quote(text: string): string {
  return `"${escaped(text)}"`;
}

function atStatement(
  e: { readonly proc: string; readonly stmt_index: number; readonly at: string },
): string {
  return `"proc":${quote(e.proc)},"stmt_index":${e.stmt_index},"at":${quote(e.at)}`;
}

/** Nearly every line of a log is one of these. Each concatenated piece costs an allocation, so there are few. */
function stmtExec(e: StmtExec): string {
  const bound = e.bound === undefined
    ? ""
    : `,"bound":{"name":"${escaped(e.bound.name)}","value":${encodeValue(e.bound.value)}}`;
  const range = e.range === undefined
    ? ""
    : `,"range":{"start":${encodeValue(e.range.start)},"end":${encodeValue(e.range.end)}}`;
  return `{"seq":${e.seq},"kind":"stmt_exec","proc":"${escaped(e.proc)}",` +
    `"stmt_index":${e.stmt_index},"at":"${escaped(e.at)}","tick":${e.tick},` +
    `"control":${control(e.control)}${bound}${range}}`;
}

function control(c: Control): string {
  switch (c.kind) {
    case "next":
      return '{"kind":"next"}';
    case "branch":
      return `{"kind":"branch","taken":"${c.taken}"}`;
    case "break":
      return '{"kind":"break"}';
    case "continue":
      return '{"kind":"continue"}';
    default:
      return unreachable(c);
  }
}

function linear(
  e: { readonly proc: string; readonly resource: string; readonly name: string },
): string {
  return `"proc":${quote(e.proc)},"resource":${quote(e.resource)},"name":${quote(e.name)}`;
}

function phiResolved(e: PhiResolved): string {
  return `"proc":${quote(e.proc)},"gate":${e.gate},"verdict":"${e.verdict}",` +
    `"configuration":${encodeNamedValues(e.configuration)},"conflict":${quoteAll(e.conflict)},` +
    `"bounds":${quoteAll(e.bounds)},"work":${e.work},"certificate":${quote(e.certificate)}}`;
}

function witness(e: WitnessEvent): string {
  return `"stmt_index":${e.stmt_index},"at":${quote(e.at)},"tick":${e.tick},` +
    `"proc":${quote(e.proc)},"constraints":${quoteAll(e.constraints)},"from":${quote(e.from)},` +
    `"configuration":${encodeNamedValues(e.configuration)},"name":${quote(e.name)},` +
    `"value":${encodeValue(e.value)}}`;
}

function offer(
  { resource, args }: { readonly resource: string; readonly args: readonly NamedValue[] },
): string {
  return `"resource":${quote(resource)},"args":${encodeNamedValues(args)}`;
}

function runStarted(e: RunStarted): string {
  return `"format":"${e.format}","version":${quote(e.version)},"semantics":"${e.semantics}",` +
    `"entry":${quote(e.entry)},"args":${encodeNamedValues(e.args)},"mode":"${e.mode}",` +
    `"limits":${limits(e.limits)},"tick_us":${e.tick_us}` +
    `${optionalOffers(e.resources)}${optionalRoutes(e.realizers)},` +
    `"artifacts":${e.artifacts},"program":${quote(e.program)}}`;
}

function limits({ max_ticks, max_depth, max_work }: Limits): string {
  return `{"max_ticks":${max_ticks},"max_depth":${max_depth},"max_work":${max_work}}`;
}

function optionalOffers(offers: readonly ResourceOffer[] | undefined): string {
  if (offers === undefined) return "";
  return `,"resources":[${offers.map((entry) => `{${offer(entry)}}`).join(",")}]`;
}

function optionalRoutes(routes: readonly EffectRoute[] | undefined): string {
  if (routes === undefined) return "";
  const listed = routes.map(({ effect, realizer }) =>
    `{"effect":${quote(effect)},"realizer":${quote(realizer)}}`
  );
  return `,"realizers":[${listed.join(",")}]`;
}

function optionalValue(field: string, value: Value | undefined): string {
  return value === undefined ? "" : `,"${field}":${encodeValue(value)}`;
}

function optionalError(error: OutcomeError | undefined): string {
  if (error === undefined) return "";
  const { code, kind, message, where } = error;
  return `,"error":{"code":${quote(code)},"kind":"${kind}","message":${quote(message)},` +
    `"where":${quote(where)}}`;
}

function quoteAll(texts: readonly string[]): string {
  return `[${texts.map(quote).join(",")}]`;
}
