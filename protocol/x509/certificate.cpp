#include "protocol/x509/certificate.h"

#include "protocol/base/encoding.h"
#include "protocol/x509/openssl.h"

#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <array>

namespace keur::x509 {

namespace {

std::string in_quotes(std::string_view text)
{
    return '\'' + excerpt(text, 80) + '\'';
}

unsigned char const* bytes(std::string_view text)
{
    return reinterpret_cast<unsigned char const*>(text.data());
}

std::string random_serial()
{
    std::array<unsigned char, 16> octets{};
    RAND_bytes(octets.data(), static_cast<int>(octets.size()));
    octets[0] = static_cast<unsigned char>((octets[0] & 0x3fU) | 0x40U);  // positive, and of full length
    return {octets.begin(), octets.end()};
}

EVP_MD const* digest_of(Digest digest)
{
    switch (digest) {
        case Digest::sha256: return EVP_sha256();
        case Digest::sha384: return EVP_sha384();
        case Digest::sha512: return EVP_sha512();
        case Digest::sha1: return EVP_sha1();
        case Digest::md5: return EVP_md5();
    }
    return nullptr;
}

// Puts one certificate together, member by member; each step fails with what it could not put in.
class Maker {
public:
    Maker(CertificateRequest const& request, EVP_PKEY* subject_key, X509* issuer)
        : request_(request), made_(X509_new(), X509_free), issuer_(issuer != nullptr ? issuer : made_.get())
    {
        X509V3_set_ctx(&context_, issuer_, made_.get(), nullptr, nullptr, 0);
        X509_set_pubkey(made_.get(), subject_key);
    }

    Result<Certificate> make(EVP_PKEY* signing_key)
    {
        using Step = Result<void> (Maker::*)();
        for (Step const step : {&Maker::put_serial, &Maker::put_names, &Maker::put_times, &Maker::put_constraints,
                                &Maker::put_key_identifiers, &Maker::put_alternative_names, &Maker::put_others})
            if (auto const done = (this->*step)(); !done) return fail(done);
        if (!sign(signing_key)) return openssl_refused("the certificate cannot be signed");
        return Certificate(std::move(made_));
    }

private:
    bool sign(EVP_PKEY* key)
    {
        bool const is_edwards = EVP_PKEY_is_a(key, "ED25519") == 1 || EVP_PKEY_is_a(key, "ED448") == 1;
        auto const* const digest = is_edwards ? nullptr : digest_of(request_.digest);
        if (!request_.is_pss_signed) return X509_sign(made_.get(), key, digest) > 0;
        std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>> const context(EVP_MD_CTX_new());
        EVP_PKEY_CTX* options = nullptr;
        return EVP_DigestSignInit(context.get(), &options, digest, nullptr, key) == 1 &&
               EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1 &&
               X509_sign_ctx(made_.get(), context.get()) > 0;
    }
    Result<void> put_serial()
    {
        X509_set_version(made_.get(), request_.version - 1);
        auto const octets = request_.serial.empty() ? random_serial() : request_.serial;
        NumberHandle const number(BN_bin2bn(bytes(octets), static_cast<int>(octets.size()), nullptr));
        BN_set_negative(number.get(), request_.is_serial_negative ? 1 : 0);
        if (BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(made_.get())) == nullptr)
            return openssl_refused("the serial number cannot be put in");
        return {};
    }
    Result<void> put_names()
    {
        auto* const subject = X509_get_subject_name(made_.get());
        for (auto const& [field, value] : request_.subject)
            if (X509_NAME_add_entry_by_txt(subject, field.c_str(), MBSTRING_UTF8, bytes(value),
                                           static_cast<int>(value.size()), -1, 0) != 1)
                return openssl_refused(
                    fmt::format("{}={} cannot be part of a subject", in_quotes(field), in_quotes(value)));
        X509_set_issuer_name(made_.get(), X509_get_subject_name(issuer_));
        return {};
    }
    Result<void> put_times()
    {
        auto const seconds = [](TimePoint time) { return static_cast<std::time_t>(seconds_since_epoch(time).count()); };
        if (ASN1_TIME_set(X509_getm_notBefore(made_.get()), seconds(request_.not_before)) == nullptr ||
            ASN1_TIME_set(X509_getm_notAfter(made_.get()), seconds(request_.not_after)) == nullptr)
            return openssl_refused("the validity cannot be put in");
        if (!request_.not_after_written) return {};
        auto* const written = X509_getm_notAfter(made_.get());
        auto const& [is_generalized, text] = *request_.not_after_written;
        ASN1_STRING_set(written, text.data(), static_cast<int>(text.size()));
        written->type = is_generalized ? V_ASN1_GENERALIZEDTIME : V_ASN1_UTCTIME;
        return {};
    }
    Result<void> put_constraints()
    {
        if (request_.is_ca) {
            auto text = fmt::format("critical,CA:{}", *request_.is_ca ? "TRUE" : "FALSE");
            if (request_.path_length) text += fmt::format(",pathlen:{}", *request_.path_length);
            if (auto const done = put(NID_basic_constraints, text); !done) return done;
        }
        if (auto const done = put(NID_key_usage, request_.key_usage); !done) return done;
        return put(NID_ext_key_usage, request_.extended_key_usage);
    }
    Result<void> put_key_identifiers()
    {
        if (!request_.has_key_identifiers) return {};
        if (auto const done = put(NID_subject_key_identifier, "hash"); !done) return done;
        // An issuer without identifier has none to refer to.
        if (X509_get_ext_by_NID(issuer_, NID_subject_key_identifier, -1) < 0) return {};
        return put(NID_authority_key_identifier, "keyid");
    }
    Result<void> put(int nid, std::string const& text)
    {
        if (text.empty()) return {};
        ExtensionHandle const extension(X509V3_EXT_conf_nid(nullptr, &context_, nid, text.c_str()));
        if (!extension || X509_add_ext(made_.get(), extension.get(), -1) != 1)
            return openssl_refused(fmt::format("{} cannot be put in as {}", in_quotes(text), OBJ_nid2ln(nid)));
        return {};
    }
    Result<void> put_alternative_names()
    {
        if (request_.names.empty()) return {};
        NamesHandle const names(GENERAL_NAMES_new());
        for (auto const& name : request_.names) {
            auto made = general_name(name);
            if (!made) return fail(made);
            sk_GENERAL_NAME_push(names.get(), made->release());
        }
        if (X509_add1_ext_i2d(made_.get(), NID_subject_alt_name, names.get(), 0, X509V3_ADD_APPEND) != 1)
            return openssl_refused("the alternative names cannot be put in");
        return {};
    }
    static Result<NameHandle> general_name(AlternativeName const& name)
    {
        NameHandle made(GENERAL_NAME_new());
        if (name.kind == AlternativeName::Kind::directory) {
            auto* const directory = X509_NAME_new();
            X509_NAME_add_entry_by_txt(directory, "CN", MBSTRING_UTF8, bytes(name.value),
                                       static_cast<int>(name.value.size()), -1, 0);
            GENERAL_NAME_set0_value(made.get(), GEN_DIRNAME, directory);
            return made;
        }
        auto const string_type = [&]() -> std::pair<int, ASN1_STRING*> {
            switch (name.kind) {
                case AlternativeName::Kind::dns: return {GEN_DNS, ASN1_IA5STRING_new()};
                case AlternativeName::Kind::email: return {GEN_EMAIL, ASN1_IA5STRING_new()};
                case AlternativeName::Kind::uri: return {GEN_URI, ASN1_IA5STRING_new()};
                case AlternativeName::Kind::ip_octets: return {GEN_IPADD, ASN1_OCTET_STRING_new()};
                case AlternativeName::Kind::ip: return {GEN_IPADD, a2i_IPADDRESS(name.value.c_str())};
                case AlternativeName::Kind::directory: break;
            }
            return {GEN_DNS, nullptr};
        };
        auto const [type, text] = string_type();
        if (text == nullptr) return openssl_refused(fmt::format("{} is not an IP address", in_quotes(name.value)));
        GENERAL_NAME_set0_value(made.get(), type, text);
        if (name.kind != AlternativeName::Kind::ip)
            ASN1_STRING_set(text, name.value.data(), static_cast<int>(name.value.size()));
        return made;
    }
    Result<void> put_others()
    {
        for (auto const& [name, text] : request_.worded_extensions) {
            ExtensionHandle const extension(X509V3_EXT_nconf(nullptr, &context_, name.c_str(), text.c_str()));
            if (!extension || X509_add_ext(made_.get(), extension.get(), -1) != 1)
                return openssl_refused(fmt::format("{} cannot be put in as {}", in_quotes(text), in_quotes(name)));
        }
        for (auto const& other : request_.extensions) {
            ObjectHandle const oid(OBJ_txt2obj(other.oid.c_str(), 1));
            if (!oid) return openssl_refused(fmt::format("{} is not an object identifier", in_quotes(other.oid)));
            OctetsHandle const octets(ASN1_OCTET_STRING_new());
            ASN1_OCTET_STRING_set(octets.get(), bytes(other.der), static_cast<int>(other.der.size()));
            ExtensionHandle const extension(
                X509_EXTENSION_create_by_OBJ(nullptr, oid.get(), other.is_critical ? 1 : 0, octets.get()));
            if (!extension || X509_add_ext(made_.get(), extension.get(), -1) != 1)
                return openssl_refused(fmt::format("extension {} cannot be put in", in_quotes(other.oid)));
        }
        return {};
    }

    CertificateRequest const& request_;
    std::shared_ptr<X509> made_;
    X509* issuer_;
    X509V3_CTX context_{};
};

}  // namespace

Result<Certificate> Certificate::from_pem(std::string_view pem)
{
    BioHandle const bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    auto* const handle = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr);
    if (handle == nullptr) return openssl_refused("the text is not a certificate in PEM form");
    return Certificate(std::shared_ptr<X509>(handle, X509_free));
}

std::string Certificate::pem() const
{
    BioHandle const bio(BIO_new(BIO_s_mem()));
    return PEM_write_bio_X509(bio.get(), handle_.get()) == 1 ? content(bio.get()) : std::string();
}

std::string Certificate::der() const
{
    BioHandle const bio(BIO_new(BIO_s_mem()));
    return i2d_X509_bio(bio.get(), handle_.get()) == 1 ? content(bio.get()) : std::string();
}

std::string Credentials::chain_pem() const
{
    auto text = certificate.pem();
    for (auto const& intermediate : intermediates) text += intermediate.pem();
    return text;
}

Result<Certificate> issue(CertificateRequest const& request, Key const& subject_key, Credentials const& issuer)
{
    return issue(request, subject_key.handle(), &issuer.certificate, issuer.key.handle());
}

Result<Certificate> issue(CertificateRequest const& request, EVP_PKEY* subject_key, Certificate const* issuer,
                          EVP_PKEY* signing_key)
{
    return Maker(request, subject_key, issuer == nullptr ? nullptr : issuer->handle()).make(signing_key);
}

Result<Certificate> issue_self_signed(CertificateRequest const& request, Key const& key)
{
    return issue(request, key.handle(), nullptr, key.handle());
}

}  // namespace keur::x509
