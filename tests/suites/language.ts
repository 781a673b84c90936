/**
 * The tests of `tests/language/`, in one isolate.
 *
 * @module
 */
import { importTests } from "./import_tests.ts";

await importTests("tests/language");
