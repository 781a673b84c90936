/**
 * The tests of `dvm/` and `std/`, in one isolate.
 *
 * @module
 */
import { importTests } from "./import_tests.ts";

await importTests("dvm");
await importTests("std");
