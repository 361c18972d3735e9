#include "protocol/jose/algorithm.h"

#include "protocol/base/names.h"

#include <algorithm>
#include <array>

namespace keur::jose {

namespace {

struct Row {
    Algorithm algorithm;
    std::string_view name;
    std::optional<x509::KeyKind> kind;
};

constexpr std::array rows{
    Row{Algorithm::rs256, "RS256", x509::KeyKind::rsa},     Row{Algorithm::rs384, "RS384", x509::KeyKind::rsa},
    Row{Algorithm::rs512, "RS512", x509::KeyKind::rsa},     Row{Algorithm::ps256, "PS256", x509::KeyKind::rsa},
    Row{Algorithm::es256, "ES256", x509::KeyKind::p256},    Row{Algorithm::es384, "ES384", x509::KeyKind::p384},
    Row{Algorithm::eddsa, "EdDSA", x509::KeyKind::ed25519}, Row{Algorithm::hs256, "HS256", std::nullopt},
};

Row const& row_of(Algorithm algorithm)
{
    return *std::ranges::find(rows, algorithm, &Row::algorithm);
}

}  // namespace

std::string_view name(Algorithm algorithm)
{
    return row_of(algorithm).name;
}

Result<Algorithm> parse_algorithm(std::string_view name)
{
    auto const row = std::ranges::find(rows, name, &Row::name);
    if (row != rows.end()) return row->algorithm;
    std::vector<std::string> known;
    for (auto const& one : rows) known.emplace_back(one.name);
    return std::unexpected(unknown_name({}, "signature algorithm", name, known));
}

std::optional<x509::KeyKind> key_kind(Algorithm algorithm)
{
    return row_of(algorithm).kind;
}

}  // namespace keur::jose
