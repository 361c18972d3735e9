#pragma once

#include "clients/reference/settings.h"
#include "protocol/net/tls.h"

#include <memory>
#include <mutex>
#include <string>

namespace keur::reference {

// How this program meets servers: what it trusts, and the certificate that it shows to those that ask. The certificate's
// files are read again for every exchange: who renews them does not wait for this program to end.
class TlsIdentity {
public:
    TlsIdentity(Settings const& settings, Flaws const& flaws);

    // Fails when the settings, or the files they name, cannot be used.
    [[nodiscard]] Result<void> read();
    // The same object until the certificate is another. Safe from several threads.
    [[nodiscard]] std::shared_ptr<net::TlsClient const> now();
    // Shows nothing; null unless a flaw needs it.
    [[nodiscard]] std::shared_ptr<net::TlsClient const> without_certificate() const { return bare_; }

private:
    net::TlsClientSettings settings_;
    std::string certificate_file_;
    std::string key_file_;
    bool needs_bare_ = false;
    std::mutex mutex_;
    std::shared_ptr<net::TlsClient const> present_;
    std::shared_ptr<net::TlsClient const> bare_;
};

}  // namespace keur::reference
