import assert from "node:assert/strict";
import type { Routes } from "../../mod.ts";
import { mayNeedFiles } from "./needed_files.ts";

const ROUTES: Routes = {
  emit: { kind: "stdout" },
  observe: { kind: "log" },
  seal: { kind: "ledger", path: "seals.jsonl" },
};

Deno.test("mayNeedFiles() misses no spelling of a kind that goes to a file", () => {
  const artifact = (kind: string) => [{ name: "a", text: `{"Effect":{"kind":"${kind}"}}` }];
  assert.equal(mayNeedFiles(artifact("emit"), ROUTES), false);
  assert.equal(mayNeedFiles(artifact("observe"), ROUTES), false);
  assert.equal(mayNeedFiles(artifact("seal"), ROUTES), true);
  assert.equal(mayNeedFiles(artifact("s\\u0065al"), ROUTES), true);
  assert.equal(mayNeedFiles([...artifact("emit"), ...artifact("seal")], ROUTES), true);
  const toFile: Routes = { ...ROUTES, emit: { kind: "file", path: "out.txt" } };
  assert.equal(mayNeedFiles(artifact("emit"), toFile), true);
});
