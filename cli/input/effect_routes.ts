/**
 * Where effects go, from the options. Standard output has one use: a trace or a log that is printed there keeps effects
 * out.
 *
 * @module
 */
import type { EffectRoute, Environment } from "../../api/input.ts";
import { EFFECT_KINDS, parseRoute } from "../../api/routes.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";

/**
 * The routes that differ from the default, `manifest`'s first and then the options'. With `--emit-trace`, effects for stdout are
 * recorded in the log only. With `--log -`, all are: a log on a stream is not durable, so nothing irreversible is done under it.
 */
export function readRoutes(
  args: Pick<ArgumentsOf<"run">, "realize" | "log" | "emitTrace">,
  manifest: readonly EffectRoute[] = [],
): readonly EffectRoute[] | undefined {
  const routes = new Map(manifest.map(({ effect, realizer }) => [effect, realizer]));
  const isStreamed = args.log === "-";
  for (const word of args.realize) {
    const route = parseRoute(word);
    if (!route.ok) throw unusable(route.failure);
    const { effect, realizer } = route.value;
    if (isStreamed && realizer !== "log") {
      throw unusable(`${word} needs a durable log, and --log - is not durable`);
    }
    if (args.emitTrace && realizer === "stdout") {
      throw unusable(`${word} and --emit-trace both use standard output`);
    }
    routes.set(effect, realizer);
  }
  for (const effect of EFFECT_KINDS) {
    const realizer = routes.get(effect);
    const isForStdout = realizer === "stdout" || (realizer === undefined && effect === "emit");
    if (isStreamed || (args.emitTrace && isForStdout)) routes.set(effect, "log");
  }
  if (routes.size === 0) return undefined;
  return EFFECT_KINDS.flatMap((effect) => {
    const realizer = routes.get(effect);
    return realizer === undefined ? [] : [{ effect, realizer }];
  });
}

/**
 * The files, ports and devices with the sinks that the run may use: none when it is simulated or its log is a stream, and with
 * `--emit-trace` not standard output.
 */
export function withSinks(
  inputs: Environment["inputs"],
  { args, mode }: {
    readonly args: Pick<ArgumentsOf<"run">, "log" | "emitTrace">;
    readonly mode: "simulate" | "realize";
  },
): Environment["inputs"] {
  const isRecordedOnly = mode === "simulate" || args.log === "-";
  return inputs?.map((input) => {
    const isLost = isRecordedOnly || (args.emitTrace && input.sink === "stdout");
    return isLost ? { ...input, sink: undefined } : input;
  });
}

function unusable(message: string): Fault {
  return new Fault({
    code: "DR1303",
    message,
    place: "--realize",
    help:
      "write KIND=REALIZER: emit, observe or seal; stdout, stderr, file:PATH, ledger:PATH or log",
  });
}
