#include "protocol/net/message_reader.h"

#include <fmt/format.h>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <type_traits>
#include <utility>

namespace keur::net {

namespace beast = boost::beast;

namespace {

using beast::error_code;
using beast::string_view;

std::string text(string_view bytes)
{
    return {bytes.data(), bytes.size()};
}

struct FlawRow {
    beast::http::error error;
    int status;
    std::string_view what;
};
constexpr std::array flaw_rows{
    FlawRow{beast::http::error::header_limit, 431, "the header is too large"},
    FlawRow{beast::http::error::body_limit, 413, "the body is too large"},
    FlawRow{beast::http::error::partial_message, 400, "the message is incomplete"},
    FlawRow{beast::http::error::bad_version, 505, "not HTTP 1.0 or 1.1"},
};

Flaw flaw_of(error_code const& failed)
{
    auto const* const row = std::ranges::find_if(flaw_rows, [&](auto const& known) { return failed == known.error; });
    if (row != flaw_rows.end()) return {row->status, std::string(row->what)};
    return {400, fmt::format("not HTTP: {}", failed.message())};
}

}  // namespace

// What both kinds have in common.
struct MessageReader::Parser {
    virtual ~Parser() = default;
    virtual std::size_t put(std::string const& bytes, error_code& failed) = 0;
    virtual void put_eof(error_code& failed) = 0;
    [[nodiscard]] virtual bool is_done() const = 0;
    [[nodiscard]] virtual bool is_begun() const = 0;
    [[nodiscard]] virtual bool is_header_done() const = 0;
    [[nodiscard]] virtual bool is_kept_alive() const = 0;
    Flaw flaw;
};

namespace {

// Fills our own message while Beast parses: no second copy of the fields.
template <class Message>
class Filling final : public MessageReader::Parser,
                      public beast::http::basic_parser<std::same_as<Message, http::Request>> {
    using Base = beast::http::basic_parser<std::same_as<Message, http::Request>>;

public:
    Filling(std::size_t most_header, std::size_t most_body)
    {
        this->eager(true);
        this->header_limit(static_cast<std::uint32_t>(most_header));
        this->body_limit(most_body);
    }

    Message message;

    std::size_t put(std::string const& bytes, error_code& failed) override
    {
        return Base::put({bytes.data(), bytes.size()}, failed);
    }
    void put_eof(error_code& failed) override { Base::put_eof(failed); }
    [[nodiscard]] bool is_done() const override { return Base::is_done(); }
    [[nodiscard]] bool is_begun() const override { return Base::got_some(); }
    [[nodiscard]] bool is_header_done() const override { return Base::is_header_done(); }
    [[nodiscard]] bool is_kept_alive() const override { return Base::is_header_done() && Base::keep_alive(); }

private:
    void on_request_impl(beast::http::verb, string_view method, string_view target, int, error_code&) override
    {
        if constexpr (std::same_as<Message, http::Request>) {
            message.method = text(method);
            message.target = text(target);
        }
    }
    void on_response_impl(int status, string_view, int, error_code&) override
    {
        if constexpr (std::same_as<Message, http::Response>) message.status = status;
    }
    void on_field_impl(beast::http::field, string_view name, string_view value, error_code&) override
    {
        message.headers.add(text(name), text(value));
    }
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
    std::size_t on_body_impl(string_view bytes, error_code&) override
    {
        message.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& failed) override
    {
        return on_body_impl(bytes, failed);
    }
    void on_finish_impl(error_code&) override {}
};

using RequestParser = Filling<http::Request>;
using ResponseParser = Filling<http::Response>;

}  // namespace

MessageReader::MessageReader(std::unique_ptr<Parser> parser) : parser_(std::move(parser)) {}
MessageReader::~MessageReader() = default;

Progress MessageReader::take(std::string& bytes)
{
    error_code failed;
    bytes.erase(0, parser_->put(bytes, failed));
    if (failed && failed != beast::http::error::need_more) {
        parser_->flaw = flaw_of(failed);
        return Progress::bad;
    }
    return parser_->is_done() ? Progress::complete : Progress::more;
}

Progress MessageReader::end()
{
    error_code failed = beast::http::error::partial_message;
    if (parser_->is_begun()) parser_->put_eof(failed);
    if (!failed) return Progress::complete;
    parser_->flaw = flaw_of(failed);
    return Progress::bad;
}

bool MessageReader::has_begun() const
{
    return parser_->is_begun();
}

bool MessageReader::has_header() const
{
    return parser_->is_header_done();
}

bool MessageReader::keeps_alive() const
{
    return parser_->is_kept_alive();
}

Flaw const& MessageReader::flaw() const
{
    return parser_->flaw;
}

RequestReader::RequestReader(std::size_t most_body)
    : MessageReader(std::make_unique<RequestParser>(most_request_header, most_body))
{
}

bool RequestReader::expects_continue() const
{
    return has_header() &&
           http::same_name(static_cast<RequestParser&>(*parser_).message.headers.get("Expect"), "100-continue");
}

http::Request RequestReader::message()
{
    return std::move(static_cast<RequestParser&>(*parser_).message);
}

ResponseReader::ResponseReader(std::size_t most_body, bool answers_head)
    : MessageReader([&] {
          auto parser = std::make_unique<ResponseParser>(most_response_header, most_body);
          parser->skip(answers_head);
          return parser;
      }())
{
}

bool ResponseReader::ends_with_connection() const
{
    return has_header() && static_cast<ResponseParser&>(*parser_).need_eof();
}

http::Response ResponseReader::message()
{
    return std::move(static_cast<ResponseParser&>(*parser_).message);
}

}  // namespace keur::net
