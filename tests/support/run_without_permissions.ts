/**
 * Executes programs without any permission: they are imported, and their results are printed to the console.
 *
 * @module
 */
import allEffects from "../../fixtures/programs/all_effects/program.dir.json" with { type: "json" };
import ledger from "../../fixtures/programs/ledger/program.dir.json" with { type: "json" };
import hello from "../../fixtures/programs/hello/program.dir.json" with { type: "json" };
import {
  executeText,
  executeToLog,
  LogWriter,
  MemoryFile,
  replayLog,
  summaryTrace,
} from "../../mod.ts";

for (const program of [allEffects, ledger, hello]) {
  const text = JSON.stringify(program);
  console.log(JSON.stringify(summaryTrace(executeText(text))));
  const log = new MemoryFile();
  executeToLog({ artifacts: [{ name: "program", text }], input: {} }, new LogWriter(log));
  const replayed = replayLog(log);
  if (!replayed.ok || replayed.value.verdict !== "reproduced") throw new Error("not reproduced");
}
