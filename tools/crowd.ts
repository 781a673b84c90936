/**
 * `deno task crowd [RUNS]`: ten processes at once, each of which runs a program RUNS times (50 unless given) with the same store, files and
 * ledger as the others. Fails unless every run is realized, once. Needs `bash`.
 *
 * @module
 */
import { runTenProcesses } from "../tests/log/crash/ten_processes.ts";

const runs = await runTenProcesses(Number(Deno.args[0] ?? 50));
console.log(
  `${runs} runs of 10 processes at once: all realized, none refused, none doubled; one unbroken chain`,
);
