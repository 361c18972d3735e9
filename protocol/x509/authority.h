#pragma once

#include "protocol/x509/certificate.h"

namespace keur::x509 {

// A good CA certificate: ten years around `now`.
[[nodiscard]] CertificateRequest authority_request(TimePoint now);
// A good server certificate for localhost, 127.0.0.1 and ::1, from 30 days before `now` until two years after it, so
// that it stays good for a client whose clock a scenario has moved. Change a member to get a bad one.
[[nodiscard]] CertificateRequest server_request(TimePoint now);
// A good certificate for a TLS client of that subject, of the same times.
[[nodiscard]] CertificateRequest client_request(std::vector<std::pair<std::string, std::string>> subject,
                                                TimePoint now);

// A CA with a new P-256 key; a client trusts it by `certificate.pem()`.
[[nodiscard]] Result<Credentials> make_authority(TimePoint now);
// What `request` describes, with a new P-256 key, issued by `authority`; for clients as well.
[[nodiscard]] Result<Credentials> make_server(CertificateRequest const& request, Credentials const& authority);
// The same, signed by itself.
[[nodiscard]] Result<Credentials> make_self_signed(CertificateRequest const& request);

}  // namespace keur::x509
