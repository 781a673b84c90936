/**
 * The tests of `cli/`, and of the command line as a whole, in one isolate.
 *
 * @module
 */
import { importTests } from "./import_tests.ts";

await importTests("cli");
await importTests("tests/cli");
