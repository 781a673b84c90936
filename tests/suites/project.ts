/**
 * The tests of `tools/`, `tests/project/` and `tests/support/`, in one isolate.
 *
 * @module
 */
import { importTests } from "./import_tests.ts";

await importTests("tests/project");
await importTests("tests/support");
await importTests("tools");
