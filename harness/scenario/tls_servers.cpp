#include "harness/scenario/tls_servers.h"

#include <algorithm>
#include <iterator>

namespace keur::scenario {

using mocks::transport::Part;

Result<TlsServers::Entries const*> TlsServers::get(Part part)
{
    auto& shelf = part == Part::sample ? sample_ : all_;
    std::call_once(shelf.filled, [&] { shelf.entries = read(part); });
    if (!shelf.entries) return fail(shelf.entries);
    return &*shelf.entries;
}

Result<TlsServers::Entries> TlsServers::read(Part part) const
{
    Entries all;
    for (auto const& root : roots_) {
        auto const folder = root / "mocks" / "tls";
        std::error_code ignored;
        if (!std::filesystem::is_directory(folder, ignored)) continue;
        auto entries = mocks::transport::load_cases(folder, part);
        if (!entries) return fail(entries);
        std::ranges::move(*entries, std::back_inserter(all));
    }
    return all;
}

}  // namespace keur::scenario
