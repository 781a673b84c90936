/**
 * Ten processes at once; `deno task crowd` lets each of them run fifty times.
 *
 * @module
 */
import { needing } from "../../support/needs.ts";
import { runTenProcesses } from "./ten_processes.ts";

// covers: EFF-03, EFF-17
Deno.test(needing({
  name: "ten processes at once realize every run into one store, two files and one ledger",
  needs: [],
  size: "ci",
  fn: async () => void await runTenProcesses(5),
}));
