#include "clients/reference/knock.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>

// A ClientHello made by hand (RFC 8446 §4.1.2), written to a plain socket: protocol/net speaks TLS through OpenSSL only.
namespace keur::reference {

namespace {

using namespace std::string_view_literals;

constexpr auto good_suites = "\x13\x02\xc0\x2b\xc0\x2f"sv;  // AES-256-GCM of TLS 1.3; ECDHE with AES-128-GCM
constexpr auto triple_des = "\xc0\x12"sv;
constexpr auto asks_for_renegotiation_info = "\x00\xff"sv;
constexpr auto no_compression = "\x00"sv;
constexpr auto early_data = "\x00\x2a\x00\x00"sv;  // the extension, without content

struct Offer {
    std::string_view more_suites = {};
    std::string_view signal = asks_for_renegotiation_info;
    std::string_view compression = no_compression;
    std::string_view more_extensions = {};
};
struct OfferRow {
    Flaw flaw;
    Offer offer;
};
constexpr std::array offers{OfferRow{Flaw::triple_des_offered, {.more_suites = triple_des}},
                            OfferRow{Flaw::compression_offered, {.compression = "\x01\x00"sv}},
                            OfferRow{Flaw::no_renegotiation_info, {.signal = {}}},
                            OfferRow{Flaw::early_data_offered, {.more_extensions = early_data}}};

std::string number(std::size_t value, int width)
{
    std::string octets;
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) octets += static_cast<char>(value >> shift & 0xffU);
    return octets;
}

// With its length before it.
std::string vector(std::string_view content, int width)
{
    return number(content.size(), width).append(content);
}

std::string extension(std::size_t type, std::string_view content)
{
    return number(type, 2) + vector(content, 2);
}

std::string client_hello(Offer const& offer, std::string const& host)
{
    auto const extensions = extension(0x00, vector('\0' + vector(host, 2), 2)) +        // server_name
                            extension(0x0a, vector("\x00\x1d\x00\x17"sv, 2)) +          // X25519, P-256
                            extension(0x0d, vector("\x04\x03\x08\x04\x04\x01"sv, 2)) +  // with SHA-256
                            extension(0x17, {}) +                                       // extended master secret
                            extension(0x2b, vector("\x03\x04\x03\x03"sv, 1));           // TLS 1.3 and 1.2
    constexpr std::size_t random_octets = 32;
    auto const hello = "\x03\x03" + std::string(random_octets, 'r') + vector({}, 1) +
                       vector(std::string(good_suites).append(offer.more_suites).append(offer.signal), 2) +
                       vector(offer.compression, 1) + vector(extensions + std::string(offer.more_extensions), 2);
    return "\x16\x03\x01" + vector('\x01' + vector(hello, 3), 2);
}

enum class Until { answered, gone };

// Says it, and listens until the server has answered or is gone, at most so long between two answers.
void say(std::uint16_t port, std::string const& words, Until until, std::chrono::seconds most)
{
    auto const wire = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (wire < 0) return;
    timeval const patience{.tv_sec = most.count(), .tv_usec = 0};
    ::setsockopt(wire, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(port);
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::array<char, 4096> answer{};
    if (::connect(wire, reinterpret_cast<sockaddr const*>(&server), sizeof server) == 0 &&
        ::send(wire, words.data(), words.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(words.size()))
        while (::recv(wire, answer.data(), answer.size(), 0) > 0 && until == Until::gone) continue;
    ::close(wire);
}

}  // namespace

void knock(http::Url const& url, Flaws const& flaws)
{
    auto const* const row = std::ranges::find_if(offers, [&](auto const& each) { return flaws.has(each.flaw); });
    if (row == offers.end() || url.scheme != "https") return;
    say(url.port, client_hello(row->offer, url.host), Until::answered, std::chrono::seconds(1));
}

void take_any_server_hello(http::Url const& url)
{
    if (url.scheme == "https") say(url.port, client_hello({}, url.host), Until::gone, std::chrono::seconds(4));
}

}  // namespace keur::reference
