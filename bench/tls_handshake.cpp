#include "bench/bench.h"
#include "bench/stage.h"
#include "bench/yardstick.h"
#include "mocks/tls/chain.h"
#include "protocol/http/url.h"
#include "protocol/net/client.h"
#include "protocol/net/server.h"
#include "protocol/x509/authority.h"
#include "protocol/x509/openssl.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

namespace keur::bench {

namespace {

using mocks::transport::KeyRing;

// OpenSSL alone: both sides in memory, contexts that are ready, no socket and no HTTP.
class RawHandshakes {
public:
    RawHandshakes(x509::Credentials const& root, mocks::transport::Chain const& chain)
    {
        SSL_CTX_use_certificate(server_.get(), chain.sent.front().handle());
        SSL_CTX_use_PrivateKey(server_.get(), chain.key.handle());
        for (std::size_t i = 1; i < chain.sent.size(); ++i)
            SSL_CTX_add1_chain_cert(server_.get(), chain.sent[i].handle());
        X509_STORE_add_cert(SSL_CTX_get_cert_store(client_.get()), root.certificate.handle());
        SSL_CTX_set_verify(client_.get(), SSL_VERIFY_PEER, nullptr);
    }

    void one()
    {
        Session const server(SSL_new(server_.get()));
        Session const client(SSL_new(client_.get()));
        BIO* near = nullptr;
        BIO* far = nullptr;
        BIO_new_bio_pair(&near, 1U << 16U, &far, 1U << 16U);
        SSL_set_bio(server.get(), near, near);
        SSL_set_bio(client.get(), far, far);
        SSL_set_accept_state(server.get());
        SSL_set_connect_state(client.get());
        SSL_set1_host(client.get(), "localhost");
        for (int i = 0; i < 8 && (SSL_is_init_finished(server.get()) == 0 || SSL_is_init_finished(client.get()) == 0);
             ++i) {
            SSL_do_handshake(client.get());
            SSL_do_handshake(server.get());
        }
        if (SSL_is_init_finished(client.get()) == 0) throw std::runtime_error("the raw handshake did not end");
    }

private:
    using Context = std::unique_ptr<SSL_CTX, x509::FreeWith<SSL_CTX_free>>;
    using Session = std::unique_ptr<SSL, x509::FreeWith<SSL_free>>;
    Context server_{SSL_CTX_new(TLS_server_method())};
    Context client_{SSL_CTX_new(TLS_client_method())};
};

// keur: a new chain and context, and one request over a new connection, both sides on one core.
class FreshHandshakes {
public:
    FreshHandshakes(x509::Credentials const& root, KeyRing& keys)
        : root_(root),
          keys_(keys),
          listener_(must(net::Listener::open(loop_, {.tls = server()},
                                             [](http::Request const&, net::Arrival const&) {
                                                 http::Reply reply;
                                                 reply.response.headers.set("Connection", "close");
                                                 return reply;
                                             }))),
          tls_(must(net::TlsClient::create({.ca_pem = root.certificate.pem()}))),
          url_(must(http::parse_url(fmt::format("https://localhost:{}/", listener_->port()))))
    {
    }

    void one()
    {
        listener_->use(server());
        net::HttpClient client(loop_, {.tls = tls_});
        http::Request request;
        request.method = "GET";
        request.target = "/";
        must(client.fetch(url_, request));
    }

private:
    std::shared_ptr<net::TlsServer const> server()
    {
        auto const recipe = must(mocks::transport::read_chain({}, SystemClock().now()));
        auto const chain = must(mocks::transport::make_chain(recipe, root_, keys_));
        return must(
            net::TlsServer::create({.certificate_chain_pem = chain.pem(), .private_key_pem = chain.key.private_pem()}));
    }

    x509::Credentials const& root_;
    KeyRing& keys_;
    net::Loop loop_;
    std::unique_ptr<net::Listener> listener_;
    std::shared_ptr<net::TlsClient const> tls_;
    http::Url url_;
};

}  // namespace

// What the TLS battery adds to a play: certificates made for it, and a handshake with them.
std::vector<Figure> tls_handshake()
{
    auto const root = must(x509::make_authority(SystemClock().now()));
    KeyRing keys;
    auto const recipe = must(mocks::transport::read_chain({}, SystemClock().now()));
    auto const chain = must(mocks::transport::make_chain(recipe, root, keys));
    // its two signatures are what a chain cannot do without
    auto const [chains, raw_signatures] =
        rates([&] { must(mocks::transport::make_chain(recipe, root, keys)); }, raw_signing(x509::KeyRecipe::p256, 500));
    auto const signatures = raw_signatures / 2;
    RawHandshakes raw(root, chain);
    FreshHandshakes fresh(root, keys);
    auto const [handshakes, raw_handshakes] = rates([&] { fresh.one(); }, [&] { raw.one(); });
    return {{.what = "a certificate chain (two certificates)",
             .measured = fmt::format("{:.2f} ms", 1000 / chains),
             .against = fmt::format("{:.2f} ms (its two signatures by OpenSSL alone)", 1000 / signatures),
             .ratio = fmt::format("{:.1f}", signatures / chains),
             .goal = "within milliseconds",
             .met = chains > 500},
            {.what = "a request over TLS with a chain of its own",
             .measured = fmt::format("{:.2f} ms", 1000 / handshakes),
             .against = fmt::format("{:.2f} ms (OpenSSL's handshake in memory, same core)", 1000 / raw_handshakes),
             .ratio = fmt::format("{:.1f}", raw_handshakes / handshakes),
             .goal = "no more than 4 times",
             .met = raw_handshakes / handshakes < 4}};
}

}  // namespace keur::bench
