#include "tests/mocks/tls/verifier.h"

#include "protocol/base/file.h"
#include "protocol/x509/openssl.h"

#include <fmt/format.h>
#include <openssl/x509_vfy.h>

#include <arpa/inet.h>

#include <array>
#include <cstdio>

namespace keur::mocks::transport {

namespace {

using StoreHandle = std::unique_ptr<X509_STORE, x509::FreeWith<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, x509::FreeWith<X509_STORE_CTX_free>>;
struct FreeStack {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};

struct NameRow {
    int error;
    std::string_view name;
};
constexpr std::array names{NameRow{X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, "DEPTH_ZERO_SELF_SIGNED_CERT"},
                           NameRow{X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, "SELF_SIGNED_CERT_IN_CHAIN"},
                           NameRow{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"},
                           NameRow{X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"},
                           NameRow{X509_V_ERR_CERT_SIGNATURE_FAILURE, "CERT_SIGNATURE_FAILURE"},
                           NameRow{X509_V_ERR_INVALID_CA, "INVALID_CA"},
                           NameRow{X509_V_ERR_KEYUSAGE_NO_CERTSIGN, "KEYUSAGE_NO_CERTSIGN"},
                           NameRow{X509_V_ERR_PATH_LENGTH_EXCEEDED, "PATH_LENGTH_EXCEEDED"},
                           NameRow{X509_V_ERR_CERT_HAS_EXPIRED, "CERT_HAS_EXPIRED"},
                           NameRow{X509_V_ERR_CERT_NOT_YET_VALID, "CERT_NOT_YET_VALID"},
                           NameRow{X509_V_ERR_HOSTNAME_MISMATCH, "HOSTNAME_MISMATCH"},
                           NameRow{X509_V_ERR_IP_ADDRESS_MISMATCH, "IP_ADDRESS_MISMATCH"},
                           NameRow{X509_V_ERR_INVALID_PURPOSE, "INVALID_PURPOSE"},
                           NameRow{X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION, "UNHANDLED_CRITICAL_EXTENSION"},
                           NameRow{X509_V_ERR_INVALID_EXTENSION, "INVALID_EXTENSION"},
                           NameRow{X509_V_ERR_PERMITTED_VIOLATION, "PERMITTED_VIOLATION"},
                           NameRow{X509_V_ERR_EXCLUDED_VIOLATION, "EXCLUDED_VIOLATION"},
                           NameRow{X509_V_ERR_EE_KEY_TOO_SMALL, "EE_KEY_TOO_SMALL"},
                           NameRow{X509_V_ERR_CA_KEY_TOO_SMALL, "CA_KEY_TOO_SMALL"},
                           NameRow{X509_V_ERR_CA_MD_TOO_WEAK, "CA_MD_TOO_WEAK"},
                           NameRow{X509_V_ERR_EC_KEY_EXPLICIT_PARAMS, "EC_KEY_EXPLICIT_PARAMS"}};

std::string name_of(int error)
{
    for (auto const& row : names)
        if (row.error == error) return std::string(row.name);
    return X509_verify_cert_error_string(error);
}

int go_on(int is_good, X509_STORE_CTX* verifying)
{
    if (is_good == 0) {
        auto* const found = static_cast<std::set<std::string>*>(X509_STORE_CTX_get_app_data(verifying));
        found->insert(name_of(X509_STORE_CTX_get_error(verifying)));
    }
    return 1;
}

}  // namespace

std::set<std::string> openssl_objections(Chain const& chain, x509::Certificate const& root, std::string const& host)
{
    std::set<std::string> found;
    StoreHandle const store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), root.handle());
    std::unique_ptr<STACK_OF(X509), FreeStack> const others(sk_X509_new_null());
    for (auto const& one : chain.sent) sk_X509_push(others.get(), one.handle());
    StoreContext const verifying(X509_STORE_CTX_new());
    X509_STORE_CTX_init(verifying.get(), store.get(), chain.sent.front().handle(), others.get());
    X509_STORE_CTX_set_default(verifying.get(), "ssl_server");
    auto* const checks = X509_STORE_CTX_get0_param(verifying.get());
    X509_VERIFY_PARAM_set_auth_level(checks, 2);
    X509_VERIFY_PARAM_set_hostflags(checks, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    std::array<unsigned char, 4> address{};
    if (inet_pton(AF_INET, host.c_str(), address.data()) == 1)
        X509_VERIFY_PARAM_set1_ip_asc(checks, host.c_str());
    else
        X509_VERIFY_PARAM_set1_host(checks, host.c_str(), 0);
    X509_STORE_CTX_set_app_data(verifying.get(), &found);
    X509_STORE_CTX_set_verify_cb(verifying.get(), go_on);
    X509_verify_cert(verifying.get());
    if (auto const error = X509_STORE_CTX_get_error(verifying.get()); error != X509_V_OK) found.insert(name_of(error));
    return found;
}

std::string gnutls_objection(Chain const& chain, x509::Certificate const& root, std::string const& host,
                             std::string const& folder)
{
    static_cast<void>(write_file(folder + "/root.pem", root.pem()));
    static_cast<void>(write_file(folder + "/chain.pem", chain.pem()));
    auto const command = fmt::format(
        "certtool --verify --verify-profile medium --verify-purpose 1.3.6.1.5.5.7.3.1 --verify-hostname {} "
        "--load-ca-certificate {}/root.pem --infile "
        "{}/chain.pem 2>&1",
        host, folder, folder);
    std::string said;
    auto* const pipe = ::popen(command.c_str(), "r");
    std::array<char, 4096> block{};
    while (std::fgets(block.data(), static_cast<int>(block.size()), pipe) != nullptr) said += block.data();
    return ::pclose(pipe) == 0 ? std::string() : said;
}

}  // namespace keur::mocks::transport
