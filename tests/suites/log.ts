/**
 * The tests of `tests/log/`, in one isolate.
 *
 * @module
 */
import { importTests } from "./import_tests.ts";

await importTests("tests/log");
