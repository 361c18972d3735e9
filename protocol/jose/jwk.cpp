#include "protocol/jose/jwk.h"

#include "protocol/base/encoding.h"
#include "protocol/jose/hash.h"
#include "protocol/jose/key_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::jose {

namespace {

using x509::KeyKind;

struct Curve {
    std::string_view kty;
    std::string_view crv;
    KeyKind kind;
};

constexpr std::array curves{Curve{"EC", "P-256", KeyKind::p256}, Curve{"EC", "P-384", KeyKind::p384},
                            Curve{"OKP", "Ed25519", KeyKind::ed25519}};

struct RsaMember {
    std::string_view name;
    std::string RsaParts::* part;
};

constexpr std::array rsa_public{RsaMember{"n", &RsaParts::n}, RsaMember{"e", &RsaParts::e}};
constexpr std::array rsa_private{RsaMember{"d", &RsaParts::d},   RsaMember{"p", &RsaParts::p},
                                 RsaMember{"q", &RsaParts::q},   RsaMember{"dp", &RsaParts::dp},
                                 RsaMember{"dq", &RsaParts::dq}, RsaMember{"qi", &RsaParts::qi}};

std::unexpected<Error> wrong_member(std::string_view member, std::string_view complaint)
{
    return fail("JWK", fmt::format("'{}' {}", member, complaint), "see RFC 7517 §4 and RFC 7518 §6");
}

// A member that holds octets in base64url; must not be empty.
Result<std::string> octets(Json const& json, std::string_view member)
{
    auto const found = json.find(std::string(member));
    if (found == json.end()) return wrong_member(member, "is missing");
    if (!found->is_string()) return wrong_member(member, "is not a string");
    auto bytes = from_base64url(found->get_ref<std::string const&>());
    if (!bytes) return wrong_member(member, "is not base64url: " + bytes.error().what);
    if (bytes->empty()) return wrong_member(member, "is empty");
    return bytes;
}

Result<void> read_number(Json const& json, RsaMember const& member, RsaParts& parts)
{
    auto bytes = octets(json, member.name);
    if (!bytes) return fail(bytes);
    if (bytes->front() == '\0') return wrong_member(member.name, "has a leading zero octet");
    if (bytes->size() > 1024) return wrong_member(member.name, "has more than 8192 bits");
    parts.*member.part = std::move(*bytes);
    return {};
}

Result<std::variant<x509::Key, SharedSecret>> parse_rsa(Json const& json)
{
    RsaParts parts;
    for (auto const& member : rsa_public)
        if (auto const done = read_number(json, member, parts); !done) return fail(done);
    if (parts.n.size() < 256) return wrong_member("n", "has fewer than 2048 bits");
    if (parts.e.size() > 8 || (parts.e.back() & 1) == 0 || parts.e == "\x01")
        return wrong_member("e", "is not an odd number from 3 to 64 bits");
    if (json.contains("d"))
        for (auto const& member : rsa_private)
            if (auto const done = read_number(json, member, parts); !done) return fail(done);
    auto key = build_key(parts);
    if (!key) return fail(key);
    return std::move(*key);
}

Result<std::string> coordinate(Json const& json, std::string_view member, KeyKind curve)
{
    auto bytes = octets(json, member);
    if (bytes && bytes->size() != coordinate_size(curve))
        return wrong_member(member, fmt::format("has {} octets, not {}", bytes->size(), coordinate_size(curve)));
    return bytes;
}

Result<std::variant<x509::Key, SharedSecret>> parse_curve(Json const& json, Curve const& curve)
{
    CurveParts parts{.curve = curve.kind};
    std::vector<std::pair<std::string_view, std::string*>> members{{"x", &parts.x}};
    if (curve.kty == "EC") members.emplace_back("y", &parts.y);
    if (json.contains("d")) members.emplace_back("d", &parts.d);
    for (auto const& [member, part] : members) {
        auto bytes = coordinate(json, member, curve.kind);
        if (!bytes) return fail(bytes);
        *part = std::move(*bytes);
    }
    auto key = build_key(parts);
    if (!key) return fail(key);
    return std::move(*key);
}

Result<std::variant<x509::Key, SharedSecret>> parse_material(Json const& json)
{
    auto const kty = text_member(json, "kty");
    if (kty == "RSA") return parse_rsa(json);
    if (kty == "oct") {
        auto bytes = octets(json, "k");
        if (!bytes) return fail(bytes);
        return SharedSecret{std::move(*bytes)};
    }
    auto const crv = text_member(json, "crv");
    for (auto const& curve : curves)
        if (kty == curve.kty && crv == curve.crv) return parse_curve(json, curve);
    return wrong_member("kty", fmt::format("with 'crv' is '{}' '{}', not RSA, oct, EC P-256, EC P-384 or OKP Ed25519",
                                           excerpt(kty, 40), excerpt(crv, 40)));
}

bool is_known_kind(Json const& json)
{
    auto const kty = text_member(json, "kty");
    auto const crv = text_member(json, "crv");
    auto const fits = [&](Curve const& curve) { return curve.kty == kty && curve.crv == crv; };
    return kty == "RSA" || kty == "oct" || std::ranges::any_of(curves, fits);
}

Result<void> read_text(Json const& json, std::string const& member, std::string& text)
{
    auto const found = json.find(member);
    if (found == json.end()) return {};
    if (!found->is_string()) return wrong_member(member, "is not a string");
    text = found->get<std::string>();
    return {};
}

Result<void> read_operations(Json const& json, std::vector<std::string>& operations)
{
    auto const found = json.find("key_ops");
    if (found == json.end()) return {};
    if (!found->is_array()) return wrong_member("key_ops", "is not an array");
    for (auto const& operation : *found) {
        if (!operation.is_string()) return wrong_member("key_ops", "holds something that is not a string");
        auto text = operation.get<std::string>();
        if (std::ranges::find(operations, text) != operations.end())
            return wrong_member("key_ops", "holds a value twice");
        operations.push_back(std::move(text));
    }
    return {};
}

Json material_json(x509::Key const& key, Part part)
{
    bool const with_private = part == Part::with_private && key.is_private();
    Json json;
    if (key.kind() == KeyKind::rsa) {
        auto const parts = rsa_parts(key);
        json["kty"] = "RSA";
        for (auto const& [name, member] : rsa_public) json[std::string(name)] = base64url(parts.*member);
        if (!with_private) return json;
        for (auto const& [name, member] : rsa_private) json[std::string(name)] = base64url(parts.*member);
        return json;
    }
    auto const curve = std::ranges::find(curves, key.kind(), &Curve::kind);
    auto const parts = curve_parts(key);
    json["kty"] = curve->kty;
    json["crv"] = curve->crv;
    json["x"] = base64url(parts.x);
    if (!parts.y.empty()) json["y"] = base64url(parts.y);
    if (with_private) json["d"] = base64url(parts.d);
    return json;
}

}  // namespace

Result<Jwk> read_jwk(Json const& json)
{
    if (!json.is_object()) return fail("JWK", "it is not a JSON object", "see RFC 7517 §4");
    auto material = parse_material(json);
    if (!material) return fail(material);
    Jwk jwk{std::move(*material), {}, {}, {}, {}};
    for (auto const& [member, text] : {std::pair{"kid", &jwk.kid}, {"use", &jwk.use}, {"alg", &jwk.alg}})
        if (auto const done = read_text(json, member, *text); !done) return fail(done);
    if (auto const done = read_operations(json, jwk.key_ops); !done) return fail(done);
    return jwk;
}

Result<Jwk> parse_jwk(std::string_view text)
{
    auto const json = parse_json(text, "JWK");
    return json ? read_jwk(*json) : fail(json);
}

Json to_json(Jwk const& jwk, Part part)
{
    Json json;
    if (auto const* const key = jwk.key())
        json = material_json(*key, part);
    else {
        json["kty"] = "oct";
        if (part == Part::with_private) json["k"] = base64url(jwk.secret()->octets);
    }
    for (auto const& [member, text] : {std::pair{"kid", &jwk.kid}, {"use", &jwk.use}, {"alg", &jwk.alg}})
        if (!text->empty()) json[member] = *text;
    if (!jwk.key_ops.empty()) json["key_ops"] = jwk.key_ops;
    return json;
}

std::string thumbprint(Jwk const& jwk)
{
    auto const bare =
        to_json(Jwk{jwk.material, {}, {}, {}, {}}, jwk.key() != nullptr ? Part::public_only : Part::with_private);
    // RFC 7638 §3: the required members in lexicographic order, without white space.
    nlohmann::json const sorted = bare;
    return base64url(sha256(sorted.dump()));
}

Jwk jwk_of(x509::Key key, std::string use)
{
    Jwk jwk{std::move(key), {}, std::move(use), {}, {}};
    jwk.kid = thumbprint(jwk);
    return jwk;
}

Jwk const* JwkSet::find(std::string_view kid) const
{
    auto const found = std::ranges::find(keys, kid, &Jwk::kid);
    return found == keys.end() ? nullptr : &*found;
}

Result<JwkSet> parse_jwk_set(std::string_view text)
{
    constexpr std::size_t most_keys = 200;
    auto const json = parse_json(text, "JWK set");
    if (!json) return fail(json);
    auto const keys = json->is_object() ? json->find("keys") : json->end();
    if (!json->is_object() || keys == json->end() || !keys->is_array())
        return fail("JWK set", "it has no array 'keys'", "see RFC 7517 §5");
    if (keys->size() > most_keys) return fail("JWK set", fmt::format("it has more than {} keys", most_keys));
    JwkSet set;
    for (auto const& one : *keys) {
        if (one.is_object() && one.contains("kty") && one["kty"].is_string() && !is_known_kind(one)) continue;
        auto jwk = read_jwk(one);
        if (!jwk) return fail(jwk);
        set.keys.push_back(std::move(*jwk));
    }
    return set;
}

Json to_json(JwkSet const& set, Part part)
{
    auto keys = Json::array();
    for (auto const& jwk : set.keys) keys.push_back(to_json(jwk, part));
    return {{"keys", keys}};
}

}  // namespace keur::jose
