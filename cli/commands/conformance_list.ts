/**
 * `dustrun conformance --list`: what a backend needs in order to run the cases of a suite.
 *
 * @module
 */
import { type ConformanceCase, membersOfInputs } from "../../api/conformance.ts";
import { encodeWireValue } from "../../api/values.ts";
import { type Shown, shownJson } from "../text/shown.ts";
import { traceFile } from "./conformance_tasks.ts";

/** A case as one line of JSON. */
export function listLine({ name, artifacts, input, covers, skip }: ConformanceCase): Shown {
  const { entry = "main", args = {}, semantics, environment, limits } = input;
  const resources = environment?.resources?.map((offer) => ({
    name: offer.resource,
    args: Object.fromEntries(
      offer.args.map(({ name, value }) => [name, "value" in value ? value.value : null]),
    ),
  }));
  return shownJson(
    encodeWireValue({
      name,
      artifacts,
      entry,
      args,
      semantics,
      tick_us: environment?.tick_us ?? 1,
      ...(resources === undefined ? {} : { resources }),
      ...membersOfInputs(environment?.inputs ?? []),
      ...(limits === undefined || Object.keys(limits).length === 0 ? {} : { limits }),
      covers,
      ...(skip === "" ? {} : { skip }),
      trace: traceFile(name),
    }),
  );
}
