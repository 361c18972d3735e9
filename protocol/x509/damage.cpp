#include "protocol/x509/damage.h"

#include "protocol/x509/chain.h"

namespace keur::x509 {

Result<Certificate> with_broken_signature(Certificate const& certificate)
{
    auto der = certificate.der();
    der.back() = static_cast<char>(der.back() ^ 1);
    return certificate_from_der(der);
}

Result<Certificate> with_other_algorithm_outside(Certificate const& certificate)
{
    constexpr std::string_view ecdsa_with_sha256 = "\x2a\x86\x48\xce\x3d\x04\x03\x02";
    auto der = certificate.der();
    auto const outside = der.rfind(ecdsa_with_sha256);
    if (outside == std::string::npos) return fail("damage", "the certificate is not signed with ecdsa-with-SHA256");
    der[outside + ecdsa_with_sha256.size() - 1] = 3;  // ecdsa-with-SHA384
    return certificate_from_der(der);
}

}  // namespace keur::x509
