#include "mocks/engine/pages.h"

#include "mocks/engine/state.h"

#include <fmt/format.h>

namespace keur::mocks {

namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#1b2733;background:#eef2f5}
header{background:#12395b;color:#fff;padding:1rem 1.5rem;font-weight:600;letter-spacing:.01em}
header small{display:block;font-weight:400;opacity:.85}
main{max-width:30rem;margin:2rem auto;padding:2rem;background:#fff;border:1px solid #d5dde4;border-radius:.5rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
label{display:block;font-weight:600;margin:1rem 0 .25rem}
input{width:100%;padding:.6rem .7rem;font:inherit;border:1px solid #6b7c8c;border-radius:.3rem;background:#fff;color:inherit}
ul{margin:.5rem 0 1.25rem;padding:.75rem 1rem .75rem 2rem;background:#f4f7f9;border-radius:.3rem}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}
button{flex:1 1 10rem;padding:.7rem 1rem;font:inherit;font-weight:600;border:1px solid #12395b;border-radius:.3rem;background:#12395b;color:#fff;cursor:pointer}
button.quiet{background:#fff;color:#12395b}
:focus-visible{outline:3px solid #f0a30a;outline-offset:2px}
.alert{margin:0 0 1rem;padding:.75rem 1rem;border-left:.3rem solid #b3261e;background:#fdeeed;border-radius:.2rem}
footer{max-width:30rem;margin:0 auto 2rem;padding:0 1rem;font-size:.875rem;color:#4a5a68}
)";

std::string content_policy(std::string const& nonce, PageFrame const& frame)
{
    return fmt::format(
        "default-src 'none'; style-src 'nonce-{}';{} form-action 'self'{}{}; base-uri 'none'; frame-ancestors 'none'",
        nonce, frame.submits_itself ? fmt::format(" script-src 'nonce-{}';", nonce) : "",
        frame.returns.empty() ? "" : " ", frame.returns);
}

std::string script(std::string const& nonce, PageFrame const& frame)
{
    if (!frame.submits_itself) return {};
    return fmt::format("<script nonce=\"{}\">document.forms[0].submit()</script>\n", nonce);
}

}  // namespace

std::string escape_html(std::string_view text)
{
    std::string made;
    made.reserve(text.size());
    for (char const c : text) {
        switch (c) {
            case '&': made += "&amp;"; break;
            case '<': made += "&lt;"; break;
            case '>': made += "&gt;"; break;
            case '"': made += "&quot;"; break;
            case '\'': made += "&#39;"; break;
            default: made += c;
        }
    }
    return made;
}

http::Response page(PlatformState& state, int status, PageFrame const& frame)
{
    auto const nonce = state.random.token(16);
    auto const text = [&](char const* name) { return escape_html(state.text(name)); };
    auto html = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{} – {}</title>\n<style nonce=\"{}\">{}</style>\n</head>\n<body>\n"
        "<header>{}<small>{}</small></header>\n<main>\n{}</main>\n<footer>{}</footer>\n{}</body>\n</html>\n",
        escape_html(state.blueprint.language), escape_html(frame.title), text("platform"), nonce, style,
        text("platform"), text("platform-note"), frame.body, text("footer"), script(nonce, frame));
    return {status,
            {{"Content-Type", "text/html;charset=UTF-8"},
             {"Cache-Control", "no-store"},
             {"Content-Security-Policy", content_policy(nonce, frame)},
             {"X-Frame-Options", "DENY"},
             {"X-Content-Type-Options", "nosniff"},
             {"Referrer-Policy", "no-referrer"}},
            std::move(html)};
}

http::Response error_page(PlatformState& state, int status, std::string const& title, std::string const& message)
{
    return page(state, status,
                {.title = title,
                 .body = fmt::format("<h1>{}</h1>\n<p class=\"alert\" role=\"alert\">{}</p>\n", escape_html(title),
                                     escape_html(message)),
                 .returns = {}});
}

std::string form_start(std::string const& action, std::vector<std::pair<std::string, std::string>> const& hidden)
{
    auto html = fmt::format("<form method=\"post\" action=\"{}\">\n", escape_html(action));
    for (auto const& [name, value] : hidden)
        html +=
            fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escape_html(name), escape_html(value));
    return html;
}

}  // namespace keur::mocks
