/**
 * The tests of `store/`, in one isolate.
 *
 * @module
 */
import { importTests } from "./import_tests.ts";

await importTests("store");
