#include "mocks/tls/certificate_recipe.h"

#include "mocks/engine/member.h"
#include "mocks/tls/number.h"
#include "mocks/tls/octets.h"
#include "protocol/base/names.h"
#include "protocol/x509/odd_key.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace keur::mocks::transport {

namespace {

using Trick = CertificateRecipe::Trick;
using x509::AlternativeName;

// What stands for `value` in a table of words; the error lists them.
template <class Row, std::size_t Count>
Result<Row const*> row_of(Yaml const& value, std::string_view kind, std::array<Row, Count> const& rows)
{
    auto const word = value.text();
    if (!word) return fail(word);
    auto const found = std::ranges::find(rows, *word, &Row::name);
    if (found != rows.end()) return &*found;
    std::vector<std::string> known;
    for (auto const& row : rows) known.emplace_back(row.name);
    return std::unexpected(unknown_name(value.at(), kind, *word, known));
}

// OpenSSL's way to say a list, `critical` first; `none` leaves the extension out.
Result<std::string> worded_list(Yaml const& value)
{
    auto const words = value.texts();
    if (!words) return fail(words);
    if (*words == std::vector<std::string>{"none"}) return std::string();
    return fmt::format("{}", fmt::join(*words, ","));
}

struct NameRow {
    std::string_view name;
    AlternativeName::Kind kind;
    bool is_hexadecimal = false;
};
constexpr std::array name_rows{NameRow{"dns", AlternativeName::Kind::dns},
                               NameRow{"ip", AlternativeName::Kind::ip},
                               NameRow{"dns-octets", AlternativeName::Kind::dns, true},
                               NameRow{"ip-octets", AlternativeName::Kind::ip_octets, true},
                               NameRow{"email", AlternativeName::Kind::email},
                               NameRow{"uri", AlternativeName::Kind::uri},
                               NameRow{"directory", AlternativeName::Kind::directory}};

Result<AlternativeName> read_name(Yaml const& item)
{
    if (!item.is_map() || item.members.size() != 1)
        return item.wrong("a name is a map of one member", "write {dns: localhost}");
    auto const& [kind, value] = item.members.front();
    auto const row = row_of(kind, "kind of name", name_rows);
    if (!row) return fail(row);
    auto const text = (*row)->is_hexadecimal ? octets_of(value) : value.text();
    if (!text) return fail(text);
    return AlternativeName{(*row)->kind, *text};
}

struct TrickRow {
    std::string_view name;
    Trick trick;
};
constexpr std::array trick_rows{TrickRow{"broken-signature", Trick::broken_signature},
                                TrickRow{"other-algorithm-outside", Trick::other_algorithm_outside},
                                TrickRow{"key-not-held", Trick::key_not_held},
                                TrickRow{"forged-root", Trick::forged_root}};

struct DigestRow {
    std::string_view name;
    x509::Digest digest;
};
constexpr std::array digest_rows{DigestRow{"sha256", x509::Digest::sha256}, DigestRow{"sha384", x509::Digest::sha384},
                                 DigestRow{"sha512", x509::Digest::sha512}, DigestRow{"sha1", x509::Digest::sha1},
                                 DigestRow{"md5", x509::Digest::md5}};

// Each puts one member into the recipe.
using Put = Result<void> (*)(Yaml const& value, CertificateRecipe& into, TimePoint now);

Result<void> put_text(Yaml const& value, std::string& into)
{
    auto text = value.text();
    if (!text) return fail(text);
    into = std::move(*text);
    return {};
}

Result<void> put_issuer(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    return put_text(value, into.issuer);
}

Result<void> put_key(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    auto const known = x509::odd_key_names();
    if (auto const put = put_text(value, into.key); !put) return put;
    if (std::ranges::find(known, into.key) != known.end()) return {};
    return std::unexpected(unknown_name(value.at(), "kind of key", into.key, known));
}

Result<void> put_subject(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    into.request.subject.clear();
    if (value.is_null()) return {};
    if (!value.is_map()) return value.wrong("a subject is a map", "write {CN: localhost}");
    for (auto const& [field, texts] : value.members) {
        auto const all = texts.texts();
        if (!all) return fail(all);
        for (auto const& text : *all) into.request.subject.emplace_back(field.scalar, text);
    }
    return {};
}

Result<void> put_names(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    if (!value.is_list()) return value.wrong("the names are a list", "write [{dns: localhost}]");
    into.request.names.clear();
    for (auto const& item : value.items) {
        auto name = read_name(item);
        if (!name) return fail(name);
        into.request.names.push_back(std::move(*name));
    }
    return {};
}

Result<void> put_many_names(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    auto const count = number_up_to(10'000, value);
    if (!count) return fail(count);
    std::vector<AlternativeName> names;
    names.reserve(static_cast<std::size_t>(*count));
    for (long long i = *count; i > 0; --i)
        names.push_back({AlternativeName::Kind::dns, fmt::format("host-{}.keur.example", i - 1)});
    into.request.names.insert(into.request.names.begin(), names.begin(), names.end());
    return {};
}

Result<void> put_from(Yaml const& value, CertificateRecipe& into, TimePoint now)
{
    auto const span = value.milliseconds();
    if (!span) return fail(span);
    into.request.not_before = now + std::chrono::milliseconds(*span);
    return {};
}

Result<void> put_until(Yaml const& value, CertificateRecipe& into, TimePoint now)
{
    if (value.is_map()) {
        if (auto const known = value.only("a time", {"utc", "generalized"}); !known) return known;
        auto const* const generalized = value.find("generalized");
        auto const text = text_of(value, generalized != nullptr ? "generalized" : "utc");
        if (!text) return fail(text);
        into.request.not_after_written = x509::WrittenTime{generalized != nullptr, *text};
        return {};
    }
    auto const span = value.milliseconds();
    if (!span) return fail(span);
    into.request.not_after = now + std::chrono::milliseconds(*span);
    return {};
}

Result<void> put_ca(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    into.request.is_ca.reset();
    if (value.is_scalar() && value.scalar == "none") return {};
    auto const is_ca = value.yes_no();
    if (!is_ca) return fail(is_ca);
    into.request.is_ca = *is_ca;
    return {};
}

Result<void> put_path_length(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    auto const length = number_up_to(100, value);
    if (!length) return fail(length);
    into.request.path_length = static_cast<int>(*length);
    return {};
}

Result<void> put_key_usage(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    auto text = worded_list(value);
    if (!text) return fail(text);
    into.request.key_usage = std::move(*text);
    return {};
}

Result<void> put_purpose(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    auto text = worded_list(value);
    if (!text) return fail(text);
    into.request.extended_key_usage = std::move(*text);
    return {};
}

Result<void> put_key_identifiers(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    auto const has = value.yes_no();
    if (!has) return fail(has);
    into.request.has_key_identifiers = *has;
    return {};
}

Result<void> put_serial(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    auto digits = value;
    into.request.is_serial_negative = digits.scalar.starts_with('-');
    if (into.request.is_serial_negative) digits.scalar.erase(0, 1);
    auto octets = octets_of(digits);
    if (!octets) return fail(octets);
    into.request.serial = std::move(*octets);
    return {};
}

Result<void> put_version(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    auto const version = number_up_to(100, value);
    if (!version) return fail(version);
    into.request.version = static_cast<int>(*version);
    return {};
}

Result<void> put_digest(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    auto const row = row_of(value, "digest", digest_rows);
    if (!row) return fail(row);
    into.request.digest = (*row)->digest;
    return {};
}

Result<void> put_padding(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    if (value.scalar != "pss") return value.wrong("the padding of a signature is PKCS #1 1.5 or pss", "write pss");
    into.request.is_pss_signed = true;
    return {};
}

Result<void> put_trick(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    auto const row = row_of(value, "trick", trick_rows);
    if (!row) return fail(row);
    into.trick = (*row)->trick;
    if (into.trick == Trick::key_not_held && into.key != "p256")
        return value.wrong("only a p256 key can be shown by one who does not hold it", "leave `key` out");
    return {};
}

// {name: nameConstraints, value: "critical,…"} in OpenSSL's words, or {oid: 1.2.3, critical: yes, der: "0500"}.
Result<void> put_extensions(Yaml const& value, CertificateRecipe& into, TimePoint)
{
    if (!value.is_list()) return value.wrong("the extensions are a list", "write [{name: …, value: …}]");
    for (auto const& item : value.items) {
        if (auto const known = item.only("an extension", {"name", "value", "oid", "critical", "der"}); !known)
            return known;
        if (item.find("name") != nullptr) {
            auto const name = text_of(item, "name");
            auto const text = text_of(item, "value");
            if (!name || !text) return fail(name ? text : name);
            into.request.worded_extensions.emplace_back(*name, *text);
            continue;
        }
        auto const oid = text_of(item, "oid");
        if (!oid) return fail(oid);
        auto const critical = yes_no_or(item, "critical", false);
        if (!critical) return fail(critical);
        auto const* const der = item.find("der");
        if (der == nullptr) return item.wrong("this extension has no content", "add `der: \"0500\"`");
        auto octets = octets_of(*der);
        if (!octets) return fail(octets);
        into.request.extensions.push_back({*oid, *critical, std::move(*octets)});
    }
    return {};
}

Result<void> put_nothing(Yaml const&, CertificateRecipe&, TimePoint)
{
    return {};
}

struct MemberRow {
    std::string_view name;
    Put put;
};
constexpr std::array member_rows{
    MemberRow{"like", put_nothing},  // looked at before the others
    MemberRow{"issuer", put_issuer},
    MemberRow{"key", put_key},
    MemberRow{"subject", put_subject},
    MemberRow{"names", put_names},
    MemberRow{"other-names", put_many_names},
    MemberRow{"from", put_from},
    MemberRow{"until", put_until},
    MemberRow{"ca", put_ca},
    MemberRow{"path-length", put_path_length},
    MemberRow{"key-usage", put_key_usage},
    MemberRow{"purpose", put_purpose},
    MemberRow{"key-identifiers", put_key_identifiers},
    MemberRow{"serial", put_serial},
    MemberRow{"version", put_version},
    MemberRow{"digest", put_digest},
    MemberRow{"padding", put_padding},
    MemberRow{"extensions", put_extensions},
    MemberRow{"trick", put_trick},
};

}  // namespace

Result<void> read_certificate(Yaml const& source, CertificateRecipe& into, TimePoint now)
{
    std::vector<std::string> known;
    for (auto const& row : member_rows) known.emplace_back(row.name);
    if (auto const right = source.only("a certificate", known); !right) return right;
    for (auto const& row : member_rows)
        if (auto const* value = source.find(row.name); value != nullptr)
            if (auto const put = row.put(*value, into, now); !put) return put;
    return {};
}

}  // namespace keur::mocks::transport
