#include "harness/run/stage.h"

#include "harness/run/told_address.h"
#include "harness/run/transport_fault.h"
#include "mocks/engine/mutual_tls.h"
#include "mocks/engine/recording.h"
#include "protocol/http/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace keur {

namespace {

Json to_json(net::ClientHello const& hello)
{
    return {{"legacy-version", hello.legacy_version},
            {"versions", hello.versions},
            {"suites", hello.suites},
            {"groups", hello.groups},
            {"signature-algorithms", hello.signature_algorithms},
            {"compression", hello.compression},
            {"alpn", hello.alpn},
            {"extensions", hello.extensions},
            {"server-name", hello.server_name}};
}

void add_certificate(net::ConnectionEvent const& event, Json& fields)
{
    if (!event.asked_for_certificate) return;
    fields["certificate-asked"] = true;
    if (!event.client_chain.empty()) fields["certificate"] = mocks::certificate_fields(event.client_chain.front());
}

bool is_browser(net::ClientHello const& hello)
{
    return std::ranges::find(hello.alpn, browser_mark) != hello.alpn.end();
}

// The answer is itself the trick and may never be read to its end: silence, a drip, a flood, a closed connection.
bool is_trick_in_itself(http::Delivery const& delivery)
{
    return delivery.drop || delivery.endless || delivery.piece > 0 || delivery.pause.count() > 0;
}

// An answer as it would be in an address, which is how the mocks know answers.
std::string in_address(oauth::Callback const& callback)
{
    if (!callback.form) return callback.url;
    return callback.url + (callback.url.contains('?') ? '&' : '?') + *callback.form;
}

// What became of that address, as a form again when it was one.
oauth::Callback posted_like(oauth::Callback const& callback, std::string const& changed)
{
    if (!callback.form) return {changed, {}};
    auto const end =
        changed.starts_with(callback.url) ? callback.url.size() : std::min(changed.find('?'), changed.size());
    return {changed.substr(0, end), changed.substr(std::min(end + 1, changed.size()))};
}

}  // namespace

Result<std::unique_ptr<Stage>> Stage::set(ScenarioCase const& play, ClientAddresses const& client,
                                          Workplace const& workplace, Clock const& clock, Random& random,
                                          Transcript& transcript)
{
    auto const profile = workplace.systems.find(play.system);
    if (profile == workplace.systems.end())
        return fail(play.where, fmt::format("there is no system '{}'", play.system));
    std::unique_ptr<Stage> stage(new Stage(play, profile->second, workplace.loop, clock, transcript));
    if (auto const told = stage->check_told(); !told) return fail(told);
    if (stage->fault("closed-port") != nullptr) {
        auto closed = ClosedPort::take();
        if (!closed) return fail(closed);
        stage->closed_ = std::move(*closed);
    }
    auto trick = tls_trick_of(play, profile->second, workplace.certificates);
    if (!trick) return fail(trick);
    stage->trick_ = std::move(*trick);
    auto parties = profile->second.parties;
    parties.emplace_back("attacker");
    parties.emplace_back("plain");
    for (auto const& party : parties) {
        auto origin = stage->open(party, workplace);
        if (!origin) return fail(origin);
        stage->origins_[party] = std::move(*origin);
    }
    if (auto const placed = stage->place_trick(); !placed) return fail(placed);
    mocks::PlatformOptions options{
        .origins = stage->origins_, .faults = {}, .overrides = play.profile, .redirect_uri = client.redirect_uri};
    options.origins.insert(client.logout.begin(), client.logout.end());
    for (auto const& order : play.faults)
        if (!is_of_transport(order.name)) options.faults.push_back(order);
    auto platform = mocks::Platform::create(profile->second, std::move(options), clock, random, transcript);
    if (!platform) return fail(platform);
    stage->platform_ = std::move(*platform);
    return stage;
}

// An address that the settings do not tell cannot be made to point elsewhere.
Result<void> Stage::check_told() const
{
    for (auto const* name : {"plain-http", "closed-port"}) {
        auto const* const order = fault(name);
        auto const place = order == nullptr ? std::string() : argument_of(*order, "at", "token");
        if (order != nullptr && told_in(profile_, place).empty())
            return order->argument.wrong(fmt::format("the settings of this system do not tell where '{}' is", place),
                                         "name an endpoint or party that `settings` of its profile.yaml points to");
    }
    return {};
}

mocks::FaultOrder const* Stage::fault(std::string_view name) const
{
    auto const found = std::ranges::find(play_.faults, name, &mocks::FaultOrder::name);
    return found == play_.faults.end() ? nullptr : &*found;
}

Result<std::shared_ptr<net::TlsServer const>> Stage::tls_for(std::string const& party, Workplace const& workplace) const
{
    auto demand = demand_of(party);
    if (!demand) return fail(demand);
    auto const* order = fault("certificate");
    if (order != nullptr && argument_of(*order, "at", "idp") == party)
        return workplace.certificates.wrong_server(argument_of(*order, "is", "unknown-ca"), std::move(*demand));
    if (*demand) return workplace.certificates.asking_server(std::move(**demand));
    return workplace.certificates.server;
}

Result<std::optional<net::ClientCertificateDemand>> Stage::demand_of(std::string const& party) const
{
    auto const demand = mocks::certificate_demand(profile_, play_.profile, party);
    if (!demand) return fail(demand);
    auto const* order = fault("certificate-request");
    bool const lists_others = order != nullptr && argument_of(*order, "at", "idp") == party;
    if (!*demand && !lists_others) return std::nullopt;
    auto const usual = demand->value_or(mocks::CertificateDemand{});
    return net::ClientCertificateDemand{
        .is_required = usual.is_required && !lists_others,
        .listed_ca_pem = lists_others ? mocks::other_authority_pem() : usual.listed_ca_pem,
        .trusted_ca_pem = usual.trusted_ca_pem,
        .now = [this] { return clock_.now(); }};
}

// Opens the listener of one party. `plain` is no party: it is where plain HTTP is served for whoever is tricked there.
Result<std::string> Stage::open(std::string const& party, Workplace const& workplace)
{
    auto post = std::make_unique<Post>();
    bool const plain = party == "plain";
    bool const has_trick = trick_ && trick_->party == party && (trick_->is_party() || trick_->is_metadata());
    post->party = party;
    net::ListenOptions options;
    if (plain) {
        auto const* order = fault("plain-http") != nullptr ? fault("plain-http") : fault("redirect");
        auto const tricked = order == nullptr ? std::string() : party_of(profile_, argument_of(*order, "at", "token"));
        post->party = tricked.empty() ? profile_.parties.front() : tricked;
    } else if (has_trick) {
        options.tls = trick_->flawed;
        flawed_ = post.get();
        post->is_flawed = true;
        if (trick_->is_metadata()) post->endpoint = trick_->place;
    } else {
        auto tls = tls_for(party, workplace);
        if (!tls) return fail(tls);
        options.tls = std::move(*tls);
    }
    return listen(std::move(post), std::move(options),
                  party == "attacker" ? "127.0.0.1"
                  : has_trick         ? trick_->what.host
                                      : "localhost");
}

Result<void> Stage::place_trick()
{
    if (!trick_ || trick_->is_party()) return {};
    auto post = std::make_unique<Post>();
    post->party = trick_->party;
    bool const is_good = trick_->is_metadata();
    if (!is_good) {
        post->endpoint = trick_->place;
        post->is_flawed = true;
        flawed_ = post.get();
    }
    net::ListenOptions options;
    options.tls = is_good ? trick_->good : trick_->flawed;
    auto const origin = listen(std::move(post), std::move(options), is_good ? "localhost" : trick_->what.host);
    if (!origin) return fail(origin);
    for (auto const& endpoint : mocks::known_endpoints(profile_)) {
        bool const is_the_one = endpoint == trick_->place;
        if (party_of(profile_, endpoint) == trick_->party && is_the_one != is_good) origins_[endpoint] = *origin;
    }
    return {};
}

http::Reply Stage::answer(Post& post, http::Request const& request, net::Arrival const& arrival)
{
    auto reply = platform_->handle(post.party, request, arrival.connection, arrival.secure, arrival.client_chain);
    auto const id = platform_->last_response();
    bool const is_trick = is_trick_in_itself(reply.delivery);
    if (is_trick) platform_->delivered(id, true);
    post.responses[arrival.request] = {.response = id, .at = std::chrono::steady_clock::now(), .is_trick = is_trick};
    if (&post != flawed_) return reply;
    if (!post.is_flawed) ++requests_since_mended_;
    // Each connection shall have its own handshake: the server may have changed between them.
    reply.response.headers.set("Connection", "close");
    return reply;
}

Result<std::string> Stage::listen(std::unique_ptr<Post> post, net::ListenOptions options, std::string host)
{
    auto* const here = post.get();
    bool const is_secure = options.tls != nullptr;
    auto listener = net::Listener::open(
        loop_, std::move(options),
        [this, here](http::Request const& request, net::Arrival const& arrival) {
            return answer(*here, request, arrival);
        },
        [this, here](net::ConnectionEvent const& event) { note(*here, event); });
    if (!listener) return fail(listener);
    post->listener = std::move(*listener);
    auto const port = post->listener->port();
    posts_.push_back(std::move(post));
    return fmt::format("{}://{}:{}", is_secure ? "https" : "http", host, port);
}

bool Stage::mend()
{
    bool const is_in_doubt = trick_ && !is_mended_ && trick_->what.client == "refuses" && flaw_met() != nullptr &&
                             flawed_->responses.empty();
    if (!is_in_doubt) return false;
    is_mended_ = true;
    flawed_->is_flawed = false;
    flawed_->listener->use(trick_->good);
    return true;
}

void Stage::note(Post& post, net::ConnectionEvent const& event)
{
    using Kind = net::ConnectionEvent::Kind;
    auto const handshake = [&](std::string_view outcome) {
        Json fields{
            {"connection", event.connection}, {"outcome", outcome}, {"version", event.version}, {"suite", event.suite}};
        if (event.alert >= 0) fields["alert"] = event.alert;
        if (!event.detail.empty()) fields["detail"] = event.detail;
        fields["from"] = "client";
        if (auto const hello = post.hellos.find(event.connection); hello != post.hellos.end()) {
            if (is_browser(hello->second)) fields["from"] = "user";
            fields["hello"] = to_json(hello->second);
        }
        add_certificate(event, fields);
        if (mocks::is_stranger(profile_, post.party)) fields["stranger"] = true;
        if (!post.endpoint.empty()) fields["endpoint"] = post.endpoint;
        if (post.is_flawed) {
            fields["flaw"] = trick_->what.id;
            fields["server"] = trick_->what.title;
            fields["decided-by"] = trick_->what.source;
        }
        post.handshakes[event.connection] = transcript_.add(post.party, "handshake", std::move(fields)).id;
    };
    // A client may look at the certificate after the handshake, and say so or not.
    auto const closed = [&] {
        auto const found = post.handshakes.find(event.connection);
        auto* const seen = found == post.handshakes.end() ? nullptr : transcript_.find(found->second);
        if (seen == nullptr || !seen->fields.contains("flaw")) return;
        seen->fields["closed"] = event.detail;
        if (event.alert >= 0) seen->fields["alert"] = event.alert;
    };
    auto const delivered = [&](bool whole) {
        auto const found = post.responses.find(event.request);
        if (found == post.responses.end()) return;
        if (!found->second.is_trick) return platform_->delivered(found->second.response, whole);
        // Of an ordinary answer the moment would only tell when the client's TCP acknowledged it, up to 40 ms late.
        std::chrono::duration<double, std::milli> const after = std::chrono::steady_clock::now() - found->second.at;
        if (auto* response = transcript_.find(found->second.response)) {
            response->fields["delivered-after"] = std::round(after.count() * 10) / 10;
            response->fields["whole"] = whole;
        }
    };
    switch (event.kind) {
        case Kind::client_hello: post.hellos[event.connection] = event.hello; break;
        case Kind::handshake_done: handshake("done"); break;
        case Kind::handshake_failed: handshake("refused"); break;
        case Kind::script_taken: handshake("taken"); break;
        case Kind::plain_http: handshake("plain-http"); break;
        case Kind::bad_request: handshake("garbage"); break;
        case Kind::delivered: delivered(true); break;
        case Kind::cut_short: delivered(false); break;
        case Kind::closed: closed(); break;
        case Kind::accepted: break;
    }
}

Json Stage::settings() const
{
    auto settings = platform_->client_settings();
    auto const point_elsewhere = [&](mocks::FaultOrder const& order, std::string const& origin) {
        auto const member = told_in(profile_, argument_of(order, "at", "token"));
        auto const url = http::parse_url(text_member(settings, member));
        if (url) settings[member] = origin + url->target();
    };
    if (auto const* order = fault("plain-http")) point_elsewhere(*order, origins_.at("plain"));
    if (auto const* order = fault("closed-port"))
        point_elsewhere(*order, fmt::format("https://localhost:{}", closed_->number()));
    for (auto const& [name, value] : play_.client_settings.items()) {
        if (value.is_null())
            settings.erase(name);
        else
            settings[name] = value;
    }
    return settings;
}

oauth::Callback Stage::brought(oauth::Callback const& callback)
{
    auto changed = posted_like(callback, platform_->callback(in_address(callback)));
    auto const* const order = fault("answer-by");
    bool const is_form = order != nullptr && order->argument.scalar == "form";
    if (order == nullptr || is_form == changed.form.has_value()) return changed;
    transcript_.add(
        "user", "fault",
        {{"name", order->name}, {"argument", order->argument.json()}, {"endpoint", "callback"}, {"delivered", true}});
    if (!is_form) return {in_address(changed), {}};
    auto const question = std::min(changed.url.find('?'), changed.url.size());
    return {changed.url.substr(0, question), changed.url.substr(std::min(question + 1, changed.url.size()))};
}

Result<oauth::Callback> Stage::altered(oauth::Callback const& callback, Yaml const& argument)
{
    auto const changed = platform_->altered_callback(in_address(callback), argument);
    if (!changed) return fail(changed);
    return posted_like(callback, *changed);
}

bool Stage::is_quiet() const
{
    return std::ranges::all_of(posts_, [](auto const& post) { return post->listener->busy() == 0; });
}

std::chrono::milliseconds Stage::wait_before_return() const
{
    auto const* order = fault("wait-before-return");
    return std::chrono::milliseconds(order == nullptr ? 0 : order->argument.milliseconds().value_or(0));
}

}  // namespace keur
