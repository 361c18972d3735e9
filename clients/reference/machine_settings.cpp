#include "clients/reference/machine_settings.h"

#include "protocol/http/url.h"

#include <fmt/format.h>

#include <array>

namespace keur::reference {

namespace {

struct Row {
    std::string_view name;
    std::string MachineSettings::* member;
    std::string_view remedy;
    std::string MachineSettings::* instead = nullptr;  // which may be there in its place
    bool is_address = false;
};
constexpr std::array rows{
    Row{"client_id", &MachineSettings::client_id, "give the client id that the administration made"},
    Row{"issuer", &MachineSettings::issuer, "give the issuer of the environment, with its slash", nullptr, true},
    Row{"token_endpoint", &MachineSettings::token_endpoint, "give the token endpoint or the metadata's address",
        &MachineSettings::metadata_endpoint, true},
    Row{"metadata_endpoint", &MachineSettings::metadata_endpoint, "give the token endpoint or the metadata's address",
        &MachineSettings::token_endpoint, true},
    Row{"private_key", &MachineSettings::private_key, "give the private key in PEM form"},
    Row{"key_id", &MachineSettings::key_id, "give the id of the registered key, or a certificate chain",
        &MachineSettings::certificate_chain},
    Row{"api", &MachineSettings::api, "give the base address of the API", nullptr, true},
};

Result<void> check_address(Row const& row, std::string const& value, Flaws const& flaws)
{
    auto const url = http::parse_url(value);
    if (!url) return fail("settings", fmt::format("'{}': {}", row.name, url.error().what), std::string(row.remedy));
    if (url->scheme == "https" || flaws.has(Flaw::plain_http)) return {};
    return fail("settings", fmt::format("'{}' is '{}', which is not https", row.name, value), "correct the address");
}

}  // namespace

MachineSettings machine_settings(Settings const& settings)
{
    MachineSettings made;
    for (auto const& row : rows) made.*row.member = text_member(settings.all, row.name);
    made.certificate_chain = text_member(settings.all, "certificate_chain");
    auto const grants = settings.all.find("grants");
    if (grants == settings.all.end() || !grants->is_object()) return made;
    for (auto const& [operation, claims] : grants->items())
        if (claims.is_object()) made.grants[operation] = claims;
    return made;
}

Result<void> check_machine_settings(MachineSettings const& settings, Flaws const& flaws)
{
    for (auto const& row : rows) {
        auto const& value = settings.*row.member;
        bool const has_other = row.instead != nullptr && !(settings.*row.instead).empty();
        if (value.empty() && has_other) continue;
        if (value.empty()) return fail("settings", fmt::format("'{}' is missing", row.name), std::string(row.remedy));
        if (!row.is_address) continue;
        if (auto const right = check_address(row, value, flaws); !right) return right;
    }
    return {};
}

}  // namespace keur::reference
