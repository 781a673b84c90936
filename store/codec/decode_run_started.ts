/**
 * Decodes `run_started`, the first event of a log: the inputs of the run.
 *
 * @module
 */
import type { Limits } from "../../dvm/base/limits.ts";
import { EFFECT_KINDS } from "../../dvm/dir/model.ts";
import type { EffectRoute, ResourceOffer, RunStarted } from "../../dvm/event/event.ts";
import { count, named, optionalCount, text, textDigest, word } from "./decode_field.ts";
import type { LineScanner } from "./line_scanner.ts";

/** The fields of `run_started`. */
export function readRunStarted(s: LineScanner, seq: number): RunStarted {
  return {
    seq,
    kind: "run_started",
    format: word(s, "format", ["dustrun-log/2"]),
    version: text(s, "version"),
    semantics: word(s, "semantics", ["spec", "host-0.1"]),
    entry: text(s, "entry"),
    args: named(s, "args"),
    mode: word(s, "mode", ["simulate", "realize"]),
    limits: readLimits(s),
    seed: s.skip(',"seed":') ? s.natural() : undefined,
    schedule: readSchedule(s),
    tick_us: count(s, "tick_us"),
    resources: readOffers(s),
    realizers: readRoutes(s),
    artifacts: count(s, "artifacts"),
    inputs: optionalCount(s, "inputs"),
    program: textDigest(s, "program"),
  };
}

function readSchedule(s: LineScanner): readonly number[] | undefined {
  if (!s.skip(',"schedule":')) return undefined;
  const threads = s.list(() => s.natural());
  return threads.length > 0 ? threads : s.stop("an empty schedule is left out");
}

function readLimits(s: LineScanner): Limits {
  s.literal(',"limits":{"max_ticks":');
  const limits = {
    max_ticks: s.natural(),
    max_depth: count(s, "max_depth"),
    max_memory: count(s, "max_memory"),
    max_work: count(s, "max_work"),
    max_configuration_work: count(s, "max_configuration_work"),
    max_conflict_work: count(s, "max_conflict_work"),
  };
  s.literal("}");
  return limits;
}

function readOffers(s: LineScanner): readonly ResourceOffer[] | undefined {
  if (!s.skip(',"resources":')) return undefined;
  return s.list(() => {
    const offer = readOffer(s, "{");
    s.literal("}");
    return offer;
  });
}

function readRoutes(s: LineScanner): readonly EffectRoute[] | undefined {
  if (!s.skip(',"realizers":')) return undefined;
  const routes = s.list((): EffectRoute => {
    s.literal('{"effect":');
    const effect = s.word(EFFECT_KINDS);
    const route = { effect, realizer: text(s, "realizer") };
    s.literal("}");
    return route;
  });
  return routes.length > 0 ? routes : s.stop("an empty realizers is left out");
}

/** A resource and its arguments, after a comma or as a separate object. */
export function readOffer(s: LineScanner, before: "," | "{"): ResourceOffer {
  s.literal(before === "," ? ',"resource":' : '{"resource":');
  return { resource: s.string(), args: named(s, "args") };
}
