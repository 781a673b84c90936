/**
 * Why two executions differ: the first thing that they were given differently. An execution is a function of these things alone.
 *
 * @module
 */
import { unreachable } from "../../../dvm/base/result.ts";
import { renderNamedValues, renderValue } from "../../../dvm/dir/notation.ts";
import { renderContent } from "../../../dvm/dir/wire_notation.ts";
import type { EnvironmentInput, ResourceOffer } from "../../../dvm/event/event.ts";
import type { Readable } from "../../file/byte_file.ts";
import { type LogHeader, readHeader } from "../../log/header.ts";
import { RawRecordReader } from "../../log/raw_record.ts";

/** What executions can be given, in the order in which they are compared. */
export const DIFF_CAUSES = [
  "semantics",
  "version",
  "program",
  "entry",
  "argument",
  "environment",
  "limits",
  "seed",
  "schedule",
] as const;

/** The first thing that two executions were given differently. */
export interface DiffCause {
  /** What it is. */
  readonly kind: (typeof DIFF_CAUSES)[number];
  /** Its name, where there are several: of an argument, a limit, a part of the environment; of a schedule the index of the dispatch. */
  readonly name: string | undefined;
  /** What the left one was given, in the notation of the language; `undefined` for nothing. */
  readonly left: string | undefined;
  /** What the right one was given. */
  readonly right: string | undefined;
}

/** The first cause; `undefined` if they were given the same, or a header is not whole. */
export function causeOf(left: Readable, right: Readable): DiffCause | undefined {
  const a = headerOf(left), b = headerOf(right);
  if (a === undefined || b === undefined) return undefined;
  for (const kind of DIFF_CAUSES) {
    const x = givenOf(kind, a), y = givenOf(kind, b);
    const name = [...new Set([...x.keys(), ...y.keys()])].find((one) => x.get(one) !== y.get(one));
    if (name === undefined) continue;
    return {
      kind,
      name: name === "" ? undefined : name,
      left: x.get(name),
      right: y.get(name),
    };
  }
  return undefined;
}

function headerOf(source: Readable): LogHeader | undefined {
  const read = readHeader(new RawRecordReader(source, { machineEventsOnly: true }));
  return read.ok && read.value.kind === "whole" ? read.value : undefined;
}

/** What an execution was given of a kind, by name; by the empty name what there is once. */
function givenOf(
  kind: DiffCause["kind"],
  { started, artifacts, inputs }: LogHeader,
): ReadonlyMap<string, string> {
  const once = (text: string) => new Map([["", text]]);
  switch (kind) {
    case "semantics":
      return once(started.semantics);
    case "version":
      return once(started.version);
    case "program":
      return once(`${artifacts.map(({ name }) => name).join(", ")} (${started.program})`);
    case "entry":
      return once(started.entry);
    case "argument":
      return new Map(started.args.map(({ name, value }) => [name, renderValue(value)]));
    case "environment":
      return new Map([
        ["tick_us", String(started.tick_us)],
        ...started.resources === undefined
          ? []
          : [["resources", offersText(started.resources)] as const],
        ...inputs.map((input) =>
          [`${input.input} ${input.name}`, renderContent(presentIn(input))] as const
        ),
      ]);
    case "limits":
      return new Map(Object.entries(started.limits).map(([name, most]) => [name, String(most)]));
    case "seed":
      return started.seed === undefined ? new Map() : once(String(started.seed));
    case "schedule":
      return new Map(
        started.schedule?.map((thread, dispatch) => [String(dispatch), `thread ${thread}`]),
      );
    default:
      return unreachable(kind);
  }
}

function offersText(offers: readonly ResourceOffer[]): string {
  return offers.map(({ resource, args }) => `${resource}(${renderNamedValues(args)})`).join(", ");
}

/** The members that an input has. */
function presentIn(input: EnvironmentInput): object {
  return Object.fromEntries(Object.entries(input).filter(([, member]) => member !== undefined));
}
