/**
 * The tests of `tests/phi/`, in one isolate.
 *
 * @module
 */
import { importTests } from "./import_tests.ts";

await importTests("tests/phi");
