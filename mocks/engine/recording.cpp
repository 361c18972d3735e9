#include "mocks/engine/recording.h"

#include "protocol/base/encoding.h"
#include "protocol/oauth/client_authentication.h"
#include "protocol/x509/identity.h"

#include <algorithm>
#include <cctype>

namespace keur::mocks {

namespace {

// Text that JSON can hold; what is not UTF-8 is shown as \xNN.
std::string clean(std::string_view text)
{
    return is_utf8(text) ? std::string(text) : printable(text);
}

std::string lower(std::string_view text)
{
    std::string made(text);
    std::ranges::transform(made, made.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return made;
}

// The first value of each name; `repeated` names those that have more.
Json first_of_each(std::vector<std::pair<std::string, std::string>> const& pairs, bool lower_names, Json& repeated)
{
    std::map<std::string, int> seen;
    Json::object_t object;
    for (auto const& [name, value] : pairs) {
        auto key = clean(lower_names ? lower(name) : name);
        auto const times = ++seen[key];
        if (times == 1)
            object.Container::emplace_back(std::move(key), clean(value));
        else if (times == 2)
            repeated.push_back(key);
    }
    return object;
}

bool is_json(std::string const& media_type)
{
    return media_type == "application/json" || media_type.ends_with("+json");
}

void add_json(Json& fields, std::string const& media_type, std::string const& body)
{
    if (!is_json(media_type)) return;
    if (auto json = parse_json(body, "body")) fields["json"] = std::move(*json);
}

}  // namespace

Json certificate_fields(x509::Certificate const& certificate)
{
    auto names = Json::array();
    for (auto const& name : x509::alternative_names(certificate)) names.push_back(clean(name.value));
    return {{"subject", clean(x509::subject_name(certificate))},
            {"issuer", clean(x509::issuer_name(certificate))},
            {"names", std::move(names)},
            {"thumbprint", x509::thumbprint(certificate)},
            {"not-after", to_rfc3339(x509::not_after(certificate))}};
}

Json request_fields(Exchange const& exchange, std::uint64_t connection)
{
    auto const& request = exchange.request;
    auto repeated = Json::array();
    auto repeated_headers = Json::array();
    auto const media_type = request.media_type();
    Json fields{{"connection", connection},
                {"secure", exchange.secure},
                {"method", clean(request.method)},
                {"target", clean(request.target)},
                {"path", clean(request.path())},
                {"endpoint", exchange.endpoint},
                {"query", first_of_each(exchange.query.pairs(), false, repeated)},
                {"header", first_of_each(request.headers.fields(), true, repeated_headers)}};
    if (!exchange.client_chain.empty()) fields["certificate"] = certificate_fields(exchange.client_chain.front());
    if (!exchange.cookies.pairs().empty()) {
        auto ignored = Json::array();
        fields["cookie"] = first_of_each(exchange.cookies.pairs(), false, ignored);
    }
    if (!exchange.form.pairs().empty()) fields["form"] = first_of_each(exchange.form.pairs(), false, repeated);
    add_json(fields, media_type, request.body);
    if (!request.body.empty()) fields["body"] = clean(request.body);
    if (!media_type.empty()) fields["media-type"] = clean(media_type);
    if (auto const basic = basic_credentials(request.headers))
        fields["basic"] = Json{{"user", clean(basic->first)}, {"password", clean(basic->second)}};
    fields["repeated"] = std::move(repeated);
    return fields;
}

Json response_fields(http::Response const& response, std::string const& endpoint, int request_id)
{
    auto repeated = Json::array();
    Json fields{{"to", request_id},
                {"endpoint", endpoint},
                {"status", response.status},
                {"header", first_of_each(response.headers.fields(), true, repeated)}};
    if (!response.body.empty()) fields["body"] = clean(response.body);
    add_json(fields, response.media_type(), response.body);
    return fields;
}

std::string authorization(http::Headers const& headers, std::string_view scheme)
{
    auto const value = headers.get("authorization");
    if (value.size() <= scheme.size() || value[scheme.size()] != ' ') return {};
    if (!http::same_name(std::string_view(value).substr(0, scheme.size()), scheme)) return {};
    auto const start = value.find_first_not_of(' ', scheme.size());
    return start == std::string::npos ? std::string() : value.substr(start);
}

std::optional<std::pair<std::string, std::string>> basic_credentials(http::Headers const& headers)
{
    auto const credentials = oauth::parse_basic_authorization(headers.get("authorization"));
    if (!credentials) return std::nullopt;
    return std::pair{credentials->client_id, credentials->secret};
}

}  // namespace keur::mocks
