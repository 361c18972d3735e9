#include "clients/reference/settings.h"

#include "protocol/base/file.h"
#include "protocol/http/url.h"

#include <fmt/format.h>

#include <array>

namespace keur::reference {

namespace {

struct Row {
    std::string_view name;
    std::string Settings::* member;
    std::string_view remedy;
    bool is_address = false;
    std::string_view needed_by = {};  // systems; empty: all
    bool is_optional = false;
};

constexpr std::array rows{
    Row{"client_id", &Settings::client_id, "give the client id of your own registration at Loket (itgenoda221)"},
    Row{"client_secret", &Settings::client_secret, "give the secret that belongs to the client id"},
    Row{"redirect_uri", &Settings::redirect_uri, "give the redirect URL that is registered with the app (itgenoam029)"},
    Row{"scope", &Settings::scope, "give the scope that Loket assigned to the app"},
    Row{"authorization_endpoint", &Settings::authorization_endpoint, "give the address of Loket's sign-in page", true},
    Row{"token_endpoint", &Settings::token_endpoint, "give the address where Loket issues tokens", true},
    Row{"api", &Settings::api, "give the base address of Loket's API", true, "loket"},
    Row{"accept", &Settings::accept, "give the media type with the version of the API", false, "loket"},
    Row{"issuer", &Settings::issuer, "give the issuer as the metadata spell it", true, "burgerprofiel"},
    Row{"audience", &Settings::audience, "give the client id of Mijn Burgerprofiel in this environment", false,
        "burgerprofiel"},
    Row{"hand_over_endpoint", &Settings::hand_over_endpoint, "give the address where tokens are handed over", true,
        "burgerprofiel"},
    Row{"landing_url", &Settings::landing_url, "give the page of Mijn Burgerprofiel to land on", true, "burgerprofiel"},
    Row{"client_authentication", &Settings::client_authentication, "", false, {}, true},
    Row{"client_certificate_file",
        &Settings::certificate_file,
        "name the file with this program's certificate",
        false,
        {},
        true},
    Row{"client_key_file",
        &Settings::certificate_key_file,
        "name the file with the key of its certificate",
        false,
        {},
        true},
    Row{"metadata_endpoint", &Settings::metadata_endpoint, "", true, {}, true},
    Row{"private_key", &Settings::private_key, "give the private key in PEM form", false, {}, true},
    Row{"key_id", &Settings::key_id, "", false, {}, true},
    Row{"algorithm", &Settings::algorithm, "", false, {}, true},
    Row{"assertion_audience", &Settings::assertion_audience, "", false, {}, true},
    Row{"revocation_endpoint", &Settings::revocation_endpoint, "", true, {}, true},
    Row{"pushed_authorization_request_endpoint", &Settings::pushed_authorization_request_endpoint, "", true, {}, true},
    Row{"registration_endpoint", &Settings::registration_endpoint, "", true, {}, true},
    Row{"initial_access_token", &Settings::initial_access_token, "", false, {}, true},
    Row{"client_name", &Settings::client_name, "", false, {}, true},
    Row{"end_session_endpoint", &Settings::end_session_endpoint, "", false, {}, true},
    Row{"post_logout_redirect_uri", &Settings::post_logout_redirect_uri, "", false, {}, true},
};

struct AliasRow {
    char const* name;
    std::string Settings::* member;
};
constexpr std::array alias_rows{
    AliasRow{"token_endpoint", &Settings::token_endpoint},
    AliasRow{"revocation_endpoint", &Settings::revocation_endpoint},
    AliasRow{"pushed_authorization_request_endpoint", &Settings::pushed_authorization_request_endpoint},
};

struct OtherRow {
    std::string_view name;
    std::string OtherEnvironment::* member;
};
constexpr std::array other_rows{
    OtherRow{"token_endpoint", &OtherEnvironment::token_endpoint},
    OtherRow{"audience", &OtherEnvironment::audience},
    OtherRow{"hand_over_endpoint", &OtherEnvironment::hand_over_endpoint},
    OtherRow{"landing_url", &OtherEnvironment::landing_url},
};

// A client with a key has no secret.
bool is_needed(Row const& row, Settings const& settings)
{
    bool const has_key = settings.client_authentication == "private_key_jwt";
    bool const is_public = settings.client_authentication == "none";
    bool const is_for_tls = row.member == &Settings::certificate_file || row.member == &Settings::certificate_key_file;
    if (row.member == &Settings::client_secret && (has_key || is_public || settings.uses_mutual_tls())) return false;
    if (is_for_tls) return settings.uses_mutual_tls();
    if (row.member == &Settings::private_key) return has_key;
    return !row.is_optional && (row.needed_by.empty() || row.needed_by == settings.system);
}

bool is_loopback(http::Url const& url)
{
    return url.host == "localhost" || url.host == "127.0.0.1" || url.host == "::1";
}

bool says_yes(Json const& object, char const* name)
{
    auto const found = object.find(name);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

Result<void> check_address(Row const& row, std::string const& value, Flaws const& flaws)
{
    auto const url = http::parse_url(value);
    if (!url) return fail("settings", fmt::format("'{}': {}", row.name, url.error().what), std::string(row.remedy));
    if (url->scheme == "https" || flaws.has(Flaw::plain_http)) return {};
    return fail("settings", fmt::format("'{}' is '{}', which is not https", row.name, value),
                "Loket is reached over TLS only; correct the address");
}

Result<void> check_redirect_uri(std::string const& value)
{
    auto const url = http::parse_url(value);
    if (!url) return fail("settings", fmt::format("'redirect_uri': {}", url.error().what), "correct the redirect URL");
    if (url->scheme == "https" || is_loopback(*url)) return {};
    return fail("settings", fmt::format("the redirect URL '{}' is not secure", value), "register an https address");
}

}  // namespace

void use_aliases(Settings& settings, Json const& source, Flaws const& flaws)
{
    auto const aliases = source.find("mtls_endpoint_aliases");
    bool const has_some = aliases != source.end() && aliases->is_object() && !settings.certificate_file.empty();
    if (!has_some || flaws.has(Flaw::aliases_ignored)) return;
    for (auto const& row : alias_rows)
        if (auto const alias = text_member(*aliases, row.name); !alias.empty() && !(settings.*row.member).empty())
            settings.*row.member = alias;
}

Result<Settings> load_settings(std::string const& file, Flaws const& flaws)
{
    auto const text = read_file(file);
    if (!text) return fail(text);
    auto const json = parse_json(*text, file);
    if (!json) return fail(json);
    Settings settings;
    settings.system = text_member(*json, "system");
    for (auto const& row : rows) settings.*row.member = text_member(*json, row.name);
    if (auto const other = json->find("production"); other != json->end())
        for (auto const& row : other_rows) settings.production.*row.member = text_member(*other, row.name);
    settings.all = *json;
    for (auto const& [member, into] :
         {std::pair{"operations", &settings.operations}, std::pair{"resources", &settings.resources},
          std::pair{"exchanges", &settings.exchanges}})
        if (auto const named = json->find(member); named != json->end() && named->is_object())
            for (auto const& [name, value] : named->items())
                if (value.is_string()) (*into)[name] = value.get<std::string>();
    settings.names_issuer = says_yes(*json, "authorization_response_iss_parameter_supported");
    settings.has_bound_tokens = says_yes(*json, "dpop_bound_access_tokens");
    use_aliases(settings, *json, flaws);
    if (auto const ca_file = text_member(*json, "ca_file"); !ca_file.empty()) {
        auto pem = read_file(ca_file);
        if (!pem) return fail(pem);
        settings.ca_pem = std::move(*pem);
    }
    return settings;
}

Result<void> check_settings(Settings const& settings, Flaws const& flaws)
{
    if (flaws.has(Flaw::half_configured)) return {};
    for (auto const& row : rows) {
        auto const& value = settings.*row.member;
        bool const is_found_out = row.is_address && row.needed_by.empty() && !settings.metadata_endpoint.empty();
        if (value.empty() && (is_found_out || !is_needed(row, settings))) continue;
        if (value.empty()) return fail("settings", fmt::format("'{}' is missing", row.name), std::string(row.remedy));
        if (!row.is_address) continue;
        if (auto const right = check_address(row, value, flaws); !right) return right;
    }
    return check_redirect_uri(settings.redirect_uri);
}

}  // namespace keur::reference
