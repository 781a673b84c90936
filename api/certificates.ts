/**
 * Certificates that a Φ process has no configuration: of programs and of logs.
 *
 * @module
 */
export {
  checkCertificate,
  checkCertificateFile,
  type CheckedCertificate,
  isCertificateOf,
} from "../dvm/api/certificates.ts";
export {
  certificateOfLog,
  type LogCertificate,
  type NoCertificate,
} from "../store/projection/explain/log_certificate.ts";
