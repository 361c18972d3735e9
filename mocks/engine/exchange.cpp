#include "mocks/engine/exchange.h"

namespace keur::mocks {

namespace {

bool is_placeholder(std::string const& segment)
{
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

std::vector<std::string> path_segments(std::string_view path)
{
    std::vector<std::string> segments;
    for (std::size_t from = 0; from <= path.size();) {
        auto const to = std::min(path.find('/', from), path.size());
        segments.emplace_back(path.substr(from, to - from));
        from = to + 1;
    }
    return segments;
}

bool fits(Endpoint const& endpoint, std::vector<std::string> const& segments,
          std::map<std::string, std::string, std::less<>>& in)
{
    if (endpoint.segments.size() != segments.size()) return false;
    std::map<std::string, std::string, std::less<>> values;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        auto const& pattern = endpoint.segments[i];
        if (!is_placeholder(pattern)) {
            if (pattern != segments[i]) return false;
            continue;
        }
        auto value = http::percent_decode(segments[i]);
        if (!value || value->empty()) return false;
        values[pattern.substr(1, pattern.size() - 2)] = std::move(*value);
    }
    in = std::move(values);
    return true;
}

}  // namespace keur::mocks
