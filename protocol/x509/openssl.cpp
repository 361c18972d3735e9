#include "protocol/x509/openssl.h"

#include <openssl/err.h>

#include <array>

namespace keur::x509 {

std::unexpected<Error> openssl_refused(std::string doing)
{
    auto const code = ERR_peek_last_error();
    ERR_clear_error();
    std::array<char, 256> reason{};
    if (code != 0) ERR_error_string_n(code, reason.data(), reason.size());
    return fail({}, std::move(doing) + (code == 0 ? std::string() : ": OpenSSL says " + std::string(reason.data())));
}

std::string content(BIO* memory)
{
    char* text = nullptr;
    auto const size = BIO_get_mem_data(memory, &text);
    return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
}

}  // namespace keur::x509
