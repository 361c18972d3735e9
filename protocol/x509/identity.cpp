#include "protocol/x509/identity.h"

#include "protocol/base/encoding.h"
#include "protocol/x509/openssl.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <optional>

namespace keur::x509 {

namespace {

using Kind = AlternativeName::Kind;

std::string text_of(ASN1_STRING const* string)
{
    auto const* const octets = reinterpret_cast<char const*>(ASN1_STRING_get0_data(string));
    return {octets, static_cast<std::size_t>(ASN1_STRING_length(string))};
}

std::string name_as_text(X509_NAME const* name)
{
    BioHandle const bio(BIO_new(BIO_s_mem()));
    constexpr unsigned long flags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    X509_NAME_print_ex(bio.get(), name, 0, flags);
    return content(bio.get());
}

// An address as text; as its octets when their number is that of none.
AlternativeName address(std::string const& octets)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    auto const family = octets.size() == 4 ? AF_INET : AF_INET6;
    bool const is_address = octets.size() == 4 || octets.size() == 16;
    if (!is_address || inet_ntop(family, octets.data(), text.data(), text.size()) == nullptr)
        return {Kind::ip_octets, octets};
    return {Kind::ip, text.data()};
}

std::optional<AlternativeName> read(GENERAL_NAME const* name)
{
    int type = 0;
    auto const* const value = static_cast<ASN1_STRING const*>(GENERAL_NAME_get0_value(name, &type));
    switch (type) {
        case GEN_DNS: return AlternativeName{Kind::dns, text_of(value)};
        case GEN_EMAIL: return AlternativeName{Kind::email, text_of(value)};
        case GEN_URI: return AlternativeName{Kind::uri, text_of(value)};
        case GEN_IPADD: return address(text_of(value));
        default: return std::nullopt;
    }
}

}  // namespace

std::string subject_name(Certificate const& certificate)
{
    return name_as_text(X509_get_subject_name(certificate.handle()));
}

std::string issuer_name(Certificate const& certificate)
{
    return name_as_text(X509_get_issuer_name(certificate.handle()));
}

std::vector<AlternativeName> alternative_names(Certificate const& certificate)
{
    NamesHandle const names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate.handle(), NID_subject_alt_name, nullptr, nullptr)));
    std::vector<AlternativeName> found;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i)
        if (auto name = read(sk_GENERAL_NAME_value(names.get(), i))) found.push_back(std::move(*name));
    return found;
}

std::string thumbprint(Certificate const& certificate)
{
    std::array<unsigned char, 32> hash{};
    unsigned size = 0;
    X509_digest(certificate.handle(), EVP_sha256(), hash.data(), &size);
    return base64url({reinterpret_cast<char const*>(hash.data()), size});
}

TimePoint not_after(Certificate const& certificate)
{
    std::tm time{};
    ASN1_TIME_to_tm(X509_get0_notAfter(certificate.handle()), &time);
    constexpr auto first = std::chrono::ceil<std::chrono::seconds>(TimePoint::min()).time_since_epoch();
    constexpr auto last = std::chrono::floor<std::chrono::seconds>(TimePoint::max()).time_since_epoch();
    return TimePoint(std::clamp(std::chrono::seconds(timegm(&time)), first, last));
}

}  // namespace keur::x509
