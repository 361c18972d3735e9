#include "clients/reference/server.h"

#include "protocol/base/encoding.h"
#include "protocol/jose/jwk.h"
#include "protocol/oauth/error_response.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace keur::reference {

namespace {

struct AddressRow {
    char const* name;
    std::string Settings::* member;
    bool is_needed = false;
};

constexpr std::array addresses{
    AddressRow{"authorization_endpoint", &Settings::authorization_endpoint, true},
    AddressRow{"token_endpoint", &Settings::token_endpoint, true},
    AddressRow{"revocation_endpoint", &Settings::revocation_endpoint},
    AddressRow{"registration_endpoint", &Settings::registration_endpoint},
};

// How long an answer may be kept by its Cache-Control; an hour when it does not say.
std::chrono::seconds life_of(http::Response const& answer)
{
    constexpr std::string_view name = "max-age=";
    auto const value = answer.headers.get("Cache-Control");
    auto const at = value.find(name);
    long long seconds = 3600;
    if (at != std::string::npos) std::from_chars(value.data() + at + name.size(), value.data() + value.size(), seconds);
    return std::chrono::seconds(seconds);
}

bool says_yes(Json const& object, char const* name)
{
    auto const found = object.find(name);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

// The public part of this program's key, by the name it signs with.
Json keys_of(Settings const& settings)
{
    auto const key = x509::Key::from_pem(settings.private_key);
    if (!key) return {{"keys", Json::array()}};
    auto jwk = jose::jwk_of(key->public_key());
    jwk.kid = settings.key_id;
    return to_json(jose::JwkSet{{std::move(jwk)}});
}

}  // namespace

Result<void> Server::take(Json const& metadata)
{
    auto const issuer = text_member(metadata, "issuer");
    if (issuer != settings_.issuer && !flaws_.has(Flaw::metadata_issuer_unchecked))
        return fail("metadata", fmt::format("it is of the issuer '{}'", printable(shortened(issuer, 100))),
                    "correct the address of the metadata, or the issuer");
    for (auto const& row : addresses) {
        auto const value = text_member(metadata, row.name);
        auto const url = http::parse_url(value);
        if (value.empty() && !row.is_needed) continue;
        if (!url) return fail("metadata", fmt::format("its {} cannot be used", row.name), "try again later");
        if (url->scheme != "https" && !flaws_.has(Flaw::plain_http))
            return fail("metadata", fmt::format("its {} is not https", row.name), "ask the operator");
        settings_.*row.member = value;
    }
    use_aliases(settings_, metadata, flaws_);
    settings_.names_issuer = says_yes(metadata, "authorization_response_iss_parameter_supported");
    return {};
}

Result<void> Server::read_metadata(Wire& wire)
{
    auto const url = http::parse_url(settings_.metadata_endpoint);
    if (!url) return fail(url);
    auto const answer = wire.send(Party::server, *url, {.method = "GET", .target = url->target()});
    if (!answer) return fail(answer);
    auto const json = parse_json(answer->body, "metadata");
    if (answer->status != 200 || !json || !json->is_object())
        return fail("metadata", fmt::format("it was answered {} and is no JSON object", answer->status),
                    "try again later");
    if (auto const taken = take(*json); !taken) return taken;
    good_until_ = SystemClock().now() + life_of(*answer);
    return {};
}

// What this program says of itself. It never asks for a grant without users this way.
Json Server::registration() const
{
    Json wish{{"client_name", settings_.client_name},
              {"redirect_uris", {settings_.redirect_uri}},
              {"grant_types", {"authorization_code", "refresh_token"}},
              {"response_types", {"code"}},
              {"token_endpoint_auth_method", settings_.client_authentication},
              {"scope", settings_.scope}};
    if (flaws_.has(Flaw::registers_for_itself)) wish["grant_types"].push_back("client_credentials");
    if (!settings_.private_key.empty()) wish["jwks"] = keys_of(settings_);
    if (flaws_.has(Flaw::registers_keys_twice)) wish["jwks_uri"] = "https://app.keur.example/keys";
    return wish;
}

Result<void> Server::register_self(Wire& wire)
{
    auto const url = http::parse_url(settings_.registration_endpoint);
    if (!url) return fail(url);
    http::Request request{.method = "POST", .target = url->target(), .headers = {}, .body = to_line(registration())};
    request.headers.set("Content-Type", "application/json");
    if (!settings_.initial_access_token.empty())
        request.headers.set("Authorization", "Bearer " + settings_.initial_access_token);
    auto const answer = wire.send(Party::server, *url, request);
    if (!answer) return fail(answer);
    auto const json = parse_json(answer->body, "registration");
    bool const is_registered = answer->status == 201 && json && json->is_object();
    if (!is_registered) {
        auto const error = oauth::parse_error_response(answer->body);
        auto const said = error ? printable(shortened(error->error + ", " + error->description, 200)) : std::string();
        return fail("registration", fmt::format("it was answered {} {}", answer->status, said),
                    "have the client registered by the administrator");
    }
    settings_.client_id = text_member(*json, "client_id");
    settings_.client_secret = text_member(*json, "client_secret");
    return {};
}

Result<void> Server::learn(Wire& wire)
{
    bool const is_known = SystemClock().now() < good_until_ && !flaws_.has(Flaw::metadata_read_each_time);
    if (!settings_.metadata_endpoint.empty() && !is_known)
        if (auto const read = read_metadata(wire); !read) return read;
    if (!settings_.client_id.empty() || settings_.registration_endpoint.empty()) return {};
    return register_self(wire);
}

}  // namespace keur::reference
