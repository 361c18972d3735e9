#pragma once

#include "mocks/engine/profile.h"
#include "protocol/base/result.h"
#include "protocol/net/client.h"
#include "protocol/net/loop.h"
#include "protocol/net/tls.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace keur {

// A folder that goes with the object, and everything in it.
class TemporaryFolder {
public:
    // Makes `keur-XXXXXX` below $TMPDIR or /tmp, readable by this user only.
    static Result<TemporaryFolder> create();
    // Makes a fresh folder below another.
    static Result<TemporaryFolder> create_in(std::filesystem::path const& parent);
    TemporaryFolder(TemporaryFolder&& other) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;
    ~TemporaryFolder();

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

private:
    explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

// The run's own certification authority and what it signed, made at start-up and kept in memory; only the CA's
// certificate is written down, for the clients.
struct Certificates {
    struct Authority;

    std::string ca_pem;
    std::shared_ptr<Authority const> authority;
    std::shared_ptr<net::TlsServer const> server;  // localhost, 127.0.0.1, ::1
    std::string server_pem;
    std::string server_key_pem;
    // The user's browser: it accepts any certificate, for what a user accepts is not what is judged, and is known by
    // its mark.
    std::shared_ptr<net::TlsClient const> browser;

    static Result<Certificates> make();
    // A server that `kind` is wrong with: unknown-ca, wrong-host, expired, not-yet-valid, self-signed.
    [[nodiscard]] Result<std::shared_ptr<net::TlsServer const>> wrong_server(
        std::string const& kind, std::optional<net::ClientCertificateDemand> demand) const;
    // A good one that asks for the client's certificate.
    [[nodiscard]] Result<std::shared_ptr<net::TlsServer const>> asking_server(
        net::ClientCertificateDemand demand) const;
};

// The ALPN protocol that keur's own browser offers beside http/1.1.
inline constexpr std::string_view browser_mark = "keur-user";

// Where plays are performed: what a worker has for all of them.
struct Workplace {
    net::Loop& loop;
    Certificates const& certificates;
    std::map<std::string, mocks::Profile> const& systems;
    std::filesystem::path folder;  // of the run
    std::filesystem::path ca_file;
    std::filesystem::path bin;  // keur's own programs and the clock shim
};

// The folder that the running program lies in.
[[nodiscard]] std::filesystem::path own_folder();

}  // namespace keur
