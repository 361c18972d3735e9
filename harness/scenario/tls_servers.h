#pragma once

#include "mocks/tls/case.h"
#include "protocol/base/result.h"

#include <filesystem>
#include <mutex>
#include <vector>

namespace keur::scenario {

// The servers of mocks/tls/*.yaml of several roots, read when the first scenario asks for them: most runs need the sample
// only. Safe from several threads; what it gives lives as long as it does. Fails with the first mistake of a file.
class TlsServers {
public:
    explicit TlsServers(std::vector<std::filesystem::path> roots) : roots_(std::move(roots)) {}

    using Entries = std::vector<mocks::transport::Entry>;
    [[nodiscard]] Result<Entries const*> get(mocks::transport::Part part);

private:
    struct Shelf {
        std::once_flag filled;
        Result<Entries> entries;
    };
    [[nodiscard]] Result<Entries> read(mocks::transport::Part part) const;

    std::vector<std::filesystem::path> roots_;
    Shelf sample_;
    Shelf all_;
};

}  // namespace keur::scenario
