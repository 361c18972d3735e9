#include "evidence/masking.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

namespace keur {

namespace {

constexpr std::size_t most_bytes = 4096;
constexpr std::size_t most_entries = 200;
constexpr std::size_t most_values = 20'000;

class Masking {
public:
    explicit Masking(SecretLedger const& secrets) : secrets_(secrets) {}

    Json value(Json const& source)
    {
        if (++values_ > most_values) return "… (left out: too many values)";
        if (source.is_string()) return text(source.get_ref<std::string const&>());
        if (source.is_array()) return list(source);
        if (source.is_object()) return object(source);
        if (source.is_number()) return number(source);
        return source;
    }

private:
    std::string text(std::string const& source)
    {
        auto masked = secrets_.masked(source, most_bytes);
        return is_utf8(masked) ? masked : printable(masked);
    }

    // A secret may also be all digits.
    Json number(Json const& source)
    {
        auto const digits = source.dump();
        return secrets_.sightings(digits).empty() ? source : Json(secrets_.masked(digits));
    }

    Json list(Json const& source)
    {
        Json result = Json::array();
        for (auto const& each : source) {
            if (result.size() == most_entries) {
                result.push_back(fmt::format("… ({} more)", source.size() - most_entries));
                break;
            }
            result.push_back(value(each));
        }
        return result;
    }

    Json object(Json const& source)
    {
        Json result = Json::object();
        for (auto const& [name, member] : source.items()) {
            if (result.size() == most_entries) {
                result["…"] = fmt::format("{} more", source.size() - most_entries);
                break;
            }
            auto shown = text(name);
            while (result.contains(shown)) shown += "′";  // two names that masking made equal
            result[shown] = value(member);
        }
        return result;
    }

    SecretLedger const& secrets_;
    std::size_t values_ = 0;
};

}  // namespace

Json masked(Json const& value, SecretLedger const& secrets)
{
    return Masking(secrets).value(value);
}

}  // namespace keur
