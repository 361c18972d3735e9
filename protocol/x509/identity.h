#pragma once

#include "protocol/x509/certificate.h"

#include <string>
#include <vector>

namespace keur::x509 {

// What a certificate says of who holds it, read and not verified.

// The whole subject or issuer as RFC 4514 writes it: `CN=client 7,O=Example`, the last part first.
[[nodiscard]] std::string subject_name(Certificate const& certificate);
[[nodiscard]] std::string issuer_name(Certificate const& certificate);
// The entries of subjectAltName of the kinds that have one; addresses as text.
[[nodiscard]] std::vector<AlternativeName> alternative_names(Certificate const& certificate);
// The SHA-256 hash of the whole certificate, in base64url (`x5t#S256`, RFC 8705 §3.1).
[[nodiscard]] std::string thumbprint(Certificate const& certificate);
// When it ends; the nearest second that a TimePoint can hold when that is out of its reach, such as the year 9999 (RFC 5280
// §4.1.2.5).
[[nodiscard]] TimePoint not_after(Certificate const& certificate);

}  // namespace keur::x509
