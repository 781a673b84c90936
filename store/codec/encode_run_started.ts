/**
 * Encodes the members of `run_started`, the first event of a log: the inputs of the run.
 *
 * @module
 */
import type { RunStarted } from "../../dvm/event/event.ts";
import { count, key, named, text } from "./encode_field.ts";
import type { LineBytes } from "./line_bytes.ts";

/** Appends the members after `kind`. */
export function encodeRunStarted(into: LineBytes, e: RunStarted): void {
  text(into, "format", e.format);
  text(into, "version", e.version);
  text(into, "semantics", e.semantics);
  text(into, "entry", e.entry);
  named(into, "args", e.args);
  text(into, "mode", e.mode);
  const { limits } = e;
  into.ascii(',"limits":{"max_ticks":');
  into.integer(limits.max_ticks);
  count(into, "max_depth", limits.max_depth);
  count(into, "max_memory", limits.max_memory);
  count(into, "max_work", limits.max_work);
  count(into, "max_configuration_work", limits.max_configuration_work);
  count(into, "max_conflict_work", limits.max_conflict_work);
  into.ascii("}");
  count(into, "seed", e.seed);
  if (e.schedule !== undefined) {
    key(into, "schedule");
    into.list(e.schedule, (thread) => into.integer(thread));
  }
  count(into, "tick_us", e.tick_us);
  if (e.resources !== undefined) {
    key(into, "resources");
    into.list(e.resources, ({ resource, args }) => {
      into.ascii('{"resource":');
      into.string(resource);
      named(into, "args", args);
      into.ascii("}");
    });
  }
  if (e.realizers !== undefined) {
    key(into, "realizers");
    into.list(e.realizers, ({ effect, realizer }) => {
      into.ascii('{"effect":');
      into.string(effect);
      text(into, "realizer", realizer);
      into.ascii("}");
    });
  }
  count(into, "artifacts", e.artifacts);
  count(into, "inputs", e.inputs);
  text(into, "program", e.program);
}
