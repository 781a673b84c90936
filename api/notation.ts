/**
 * The notation of the language: values, statements and places as people read them.
 *
 * @module
 */
export {
  type PlaceParts,
  renderNamedValues,
  renderPlace,
  renderValue,
} from "../dvm/dir/notation.ts";
export {
  isPayloadOf,
  renderContent,
  renderMemberPath,
  renderWireFields,
  renderWireValue,
} from "../dvm/dir/wire_notation.ts";
