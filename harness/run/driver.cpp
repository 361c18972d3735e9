#include "harness/run/driver.h"

#include "protocol/base/names.h"

#include <cctype>

namespace keur {

std::unique_ptr<Driver> make_driver(DriverOptions options)
{
    switch (options.client.way) {
        case Client::Way::adapter: return adapter_driver(std::move(options));
        case Client::Way::command: return command_driver(std::move(options));
        case Client::Way::web_application: return web_driver(std::move(options));
    }
    return nullptr;
}

Json told(oauth::Callback const& callback)
{
    Json message{{"callback", callback.url}};
    if (callback.form) message["form"] = *callback.form;
    return message;
}

Result<std::string> fill_in(std::string const& text, std::map<std::string, std::string> const& templates)
{
    auto const is_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    std::string filled;
    for (std::size_t at = 0; at < text.size();) {
        auto end = at + 1;
        if (text[at] != '$') {
            filled.push_back(text[at]);
        } else if (end < text.size() && is_name(text[end])) {
            while (end < text.size() && is_name(text[end])) ++end;
            auto const name = text.substr(at + 1, end - at - 1);
            auto const found = templates.find(name);
            if (found == templates.end()) {
                std::vector<std::string> known;
                for (auto const& [key, value] : templates) known.push_back(key);
                return std::unexpected(unknown_name("client.yaml", "template", name, known));
            }
            filled += found->second;
        } else {
            filled.push_back('$');
            if (end < text.size() && text[end] == '$') ++end;
        }
        at = end;
    }
    return filled;
}

}  // namespace keur
