/**
 * The places that events name, as people read them.
 *
 * @module
 */
export { Places } from "../dvm/load/places.ts";
export { placesOf } from "../store/log/log_places.ts";
