/**
 * The tests of `tests/oracle/`, in one isolate.
 *
 * @module
 */
import { importTests } from "./import_tests.ts";

await importTests("tests/oracle");
