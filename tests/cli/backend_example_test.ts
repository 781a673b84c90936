/**
 * The sample adapter of `docs/backends.md`, run over the suite as the page describes.
 *
 * @module
 */
import { join } from "../../std/path.ts";
import { assert, assertStrictEquals } from "../../std/assert.ts";
import { dustrun } from "../support/memory_io.ts";
import { needing, tool } from "../support/needs.ts";

const ADAPTER = new URL("../../docs/examples/adapter.py", import.meta.url);
const SUITE = new URL("../../fixtures/conformance", import.meta.url).pathname;

Deno.test(needing({
  name: "the sample adapter is short, and passes every case that it supports",
  needs: [tool("python3")],
  fn: async () => {
    const source = await Deno.readTextFile(ADAPTER);
    assert(source.split("\n").length - 1 <= 50, "a sample of at most 50 lines");
    const folder = await Deno.makeTempDir();
    const listed = await dustrun("conformance", "--list", SUITE);
    const adapter = new Deno.Command("python3", {
      args: [ADAPTER.pathname, join(folder, "traces")],
      stdin: "piped",
      stderr: "piped",
    }).spawn();
    const writer = adapter.stdin.getWriter();
    await writer.write(new TextEncoder().encode(listed.stdout));
    await writer.close();
    const { success, stderr } = await adapter.output();
    assert(success, new TextDecoder().decode(stderr));
    const judged = await dustrun(
      "conformance",
      "--json",
      "--traces",
      join(folder, "traces"),
      SUITE,
    );
    const report = JSON.parse(judged.stdout);
    assertStrictEquals(report.failed, 0, judged.stdout);
    assert(report.passed >= 10 && report.skipped > report.passed, judged.stdout);
    assertStrictEquals(judged.exit, 0);
  },
}));
