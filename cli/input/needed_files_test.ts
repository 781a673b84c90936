import { assertStrictEquals } from "../../std/assert.ts";
import type { Routes } from "../../mod.ts";
import { mayNeedFiles } from "./needed_files.ts";

const ROUTES: Routes = {
  emit: { kind: "stdout" },
  observe: { kind: "log" },
  seal: { kind: "ledger", path: "seals.jsonl" },
};

Deno.test("mayNeedFiles() misses no spelling of a kind that goes to a file", () => {
  const artifact = (kind: string) => [{ name: "a", text: `{"Effect":{"kind":"${kind}"}}` }];
  assertStrictEquals(mayNeedFiles(artifact("emit"), ROUTES), false);
  assertStrictEquals(mayNeedFiles(artifact("observe"), ROUTES), false);
  assertStrictEquals(mayNeedFiles(artifact("seal"), ROUTES), true);
  assertStrictEquals(mayNeedFiles(artifact("s\\u0065al"), ROUTES), true);
  assertStrictEquals(mayNeedFiles([...artifact("emit"), ...artifact("seal")], ROUTES), true);
  const toFile: Routes = { ...ROUTES, emit: { kind: "file", path: "out.txt" } };
  assertStrictEquals(mayNeedFiles(artifact("emit"), toFile), true);
});
