#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/result.h"
#include "protocol/x509/key.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct x509_st;  // OpenSSL's X509

namespace keur::x509 {

enum class Digest { sha256, sha384, sha512, sha1, md5 };

// One entry of subjectAltName. Values keep their length: a NUL, a space or a line feed in a name is put in as it is.
struct AlternativeName {
    enum class Kind { dns, ip, ip_octets, email, uri, directory };
    Kind kind = Kind::dns;
    // ip: `127.0.0.1` or `::1`; ip_octets: the bytes themselves, of whatever number; directory: a common name
    std::string value;

    bool operator==(AlternativeName const&) const = default;
};

// An extension put in as it is, after those of the other members; repeats are kept.
struct Extension {
    std::string oid;  // `1.3.6.1.4.1.99999.1`
    bool is_critical = false;
    std::string der;

    bool operator==(Extension const&) const = default;
};

// A time as its text stands in the certificate, whatever RFC 5280 §4.1.2.5 says about it.
struct WrittenTime {
    bool is_generalized = false;  // else UTCTime
    std::string text;

    bool operator==(WrittenTime const&) const = default;
};

// Describes a certificate, good or bad: nothing here is checked for sense.
struct CertificateRequest {
    std::vector<std::pair<std::string, std::string>> subject;  // {"CN", "localhost"}, in order
    std::vector<AlternativeName> names;                        // none: no subjectAltName
    TimePoint not_before;
    TimePoint not_after;
    std::optional<WrittenTime> not_after_written;  // instead of not_after
    std::optional<bool> is_ca;                     // none: no basicConstraints
    std::optional<int> path_length;                // only with is_ca
    std::string key_usage;           // OpenSSL's names, `critical,digitalSignature,keyCertSign`; empty: none
    std::string extended_key_usage;  // `serverAuth,clientAuth`; empty: none
    bool has_key_identifiers = true;
    std::string serial;  // big-endian octets; empty: 16 random ones
    bool is_serial_negative = false;
    int version = 3;
    Digest digest = Digest::sha256;  // of the signature; an Edwards curve needs and takes none
    bool is_pss_signed = false;      // by an RSA issuer
    // Name and value as in OpenSSL's configuration: {"nameConstraints", "critical,permitted;DNS:keur.example"}.
    std::vector<std::pair<std::string, std::string>> worded_extensions;
    std::vector<Extension> extensions;

    bool operator==(CertificateRequest const&) const = default;
};

// An issued certificate; copies share it.
class Certificate {
public:
    explicit Certificate(std::shared_ptr<x509_st> handle) : handle_(std::move(handle)) {}
    [[nodiscard]] static Result<Certificate> from_pem(std::string_view pem);

    [[nodiscard]] std::string pem() const;
    [[nodiscard]] std::string der() const;
    [[nodiscard]] x509_st* handle() const { return handle_.get(); }

private:
    std::shared_ptr<x509_st> handle_;
};

// A certificate with the key it speaks for, and the intermediates that go with it.
struct Credentials {
    Certificate certificate;
    Key key;
    std::vector<Certificate> intermediates;

    // For a TLS server: leaf first, no root.
    [[nodiscard]] std::string chain_pem() const;
    [[nodiscard]] std::string key_pem() const { return key.private_pem(); }
};

// Makes the certificate for `subject_key`, signed by `issuer`.
[[nodiscard]] Result<Certificate> issue(CertificateRequest const& request, Key const& subject_key,
                                        Credentials const& issuer);
// The same for keys of any kind (odd_key.h); without an issuer it is its own.
[[nodiscard]] Result<Certificate> issue(CertificateRequest const& request, evp_pkey_st* subject_key,
                                        Certificate const* issuer, evp_pkey_st* signing_key);
// The same, signed by its own key.
[[nodiscard]] Result<Certificate> issue_self_signed(CertificateRequest const& request, Key const& key);

}  // namespace keur::x509
