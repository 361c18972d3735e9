#pragma once

#include "protocol/x509/certificate.h"

#include <span>
#include <string>
#include <string_view>

namespace keur::x509 {

[[nodiscard]] Result<Certificate> certificate_from_der(std::string_view der);

// Succeeds when a path of good certificates leads from `leaf` over some of `intermediates` to one of `anchors` at that
// time (RFC 5280 §6.1). Revocation is not looked at.
[[nodiscard]] Result<void> verify_chain(Certificate const& leaf, std::span<Certificate const> intermediates,
                                        std::span<Certificate const> anchors, TimePoint at);

// The key it speaks for.
[[nodiscard]] Result<Key> public_key_of(Certificate const& certificate);
// The first value of a field of the subject (`CN`, `serialNumber`), in UTF-8; empty when there is none.
[[nodiscard]] std::string subject_field(Certificate const& certificate, std::string const& field);
[[nodiscard]] bool is_valid_at(Certificate const& certificate, TimePoint at);

}  // namespace keur::x509
