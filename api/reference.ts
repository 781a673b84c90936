/**
 * How events name processes and statements.
 *
 * @module
 */
export {
  parseReference,
  type Reference,
  splitPlace,
  type StatementPlace,
} from "../dvm/dir/reference.ts";
