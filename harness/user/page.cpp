#include "harness/user/controls.h"
#include "harness/user/folded_text.h"
#include "harness/user/html.h"
#include "harness/user/user_agent.h"
#include "protocol/base/encoding.h"

#include <algorithm>
#include <array>

namespace keur {
namespace {

using html::Tag;
using html::Text;

// Elements that run on within a line: their borders part no words.
constexpr std::array<std::string_view, 20> inline_elements{"a",    "abbr",  "b",    "bdi", "bdo",    "cite", "code",
                                                           "em",   "font",  "i",    "kbd", "mark",   "q",    "s",
                                                           "samp", "small", "span", "sub", "strong", "sup"};
constexpr std::array<std::string_view, 7> unseen_elements{"script",  "style",    "iframe", "noframes",
                                                          "noembed", "template", "title"};
constexpr std::array<std::string_view, 7> void_elements{"input", "br", "img", "hr", "meta", "link", "base"};
constexpr std::size_t most_forms = 200;
constexpr std::size_t most_links = 10'000;

bool is_one_of(auto const& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

// A part of the page from one element's start to its end, like a hidden <div>.
class Region {
public:
    [[nodiscard]] bool is_open() const { return depth_ > 0; }
    void open(Tag const& tag)
    {
        name_ = tag.name;
        depth_ = 1;
    }
    void follow(Tag const& tag)
    {
        if (is_open() && tag.name == name_) depth_ += tag.is_end ? std::size_t(-1) : 1U;
    }

private:
    std::string name_;
    std::size_t depth_ = 0;
};

struct FormElement {
    std::string id;
    std::string action;
    std::string method;
    std::string enctype;
};

struct LinkElement {
    std::string address;
    html::FoldedText text;
};

// Reads a page token by token.
class PageReader {
public:
    explicit PageReader(std::string_view markup)
    {
        html::Tokens tokens(markup);
        while (auto const token = tokens.next()) {
            if (auto const* const tag = std::get_if<Tag>(&*token))
                take(*tag);
            else
                take(std::get<Text>(*token));
        }
        controls_.finish();
    }

    [[nodiscard]] Page page(http::Url const& url) const
    {
        Page page{.url = url, .title = title_.text(), .text = text_.text()};
        page.submits_itself = submits_itself_;
        // Redirects inherit a fragment, links do not.
        auto const document = http::parse_url(url.text.substr(0, url.text.find('#'))).value_or(url);
        auto const base = base_.empty() ? document : http::resolve(document, base_).value_or(document);
        for (auto const& form : forms_) page.forms.push_back(form_of(form, document, base));
        for (auto const& control : controls_.all()) place(control, page.forms);
        for (auto const& link : links_) page.links.emplace_back(link.text.text(), absolute(base, link.address));
        return page;
    }

private:
    void take(Tag const& tag)
    {
        inert_.follow(tag);
        hidden_.follow(tag);
        if (!is_one_of(inline_elements, tag.name)) text_.add_space();
        unseen_ = !tag.is_end && is_one_of(unseen_elements, tag.name) ? tag.name : std::string();
        if (inert_.is_open()) return;
        controls_.take(tag, form_);
        if (tag.is_end)
            close(tag.name);
        else
            open(tag);
    }

    void open(Tag const& tag)
    {
        if (tag.name == "template") inert_.open(tag);
        if (tag.has("hidden") && !hidden_.is_open() && !is_one_of(void_elements, tag.name)) hidden_.open(tag);
        if (tag.name == "form" && !form_ && forms_.size() < most_forms) open_form(tag);
        if (tag.name == "base" && base_.empty()) base_ = tag.get("href");
        if (tag.name == "body") watch_script(tag.get("onload"));
        if (tag.name != "a") return;
        is_in_link_ = tag.has("href") && links_.size() < most_links;
        if (is_in_link_) links_.push_back({tag.get("href"), {}});
    }

    void open_form(Tag const& tag)
    {
        form_ = forms_.size();
        forms_.push_back({tag.get("id"), tag.get("action"), tag.get("method"), tag.get("enctype")});
    }

    void close(std::string_view name)
    {
        if (name == "form") form_.reset();
        if (name == "a") is_in_link_ = false;
    }

    void take(Text const& text)
    {
        if (unseen_ == "title" && title_.text().empty()) title_.add(text.text);
        if (unseen_ == "script") watch_script(text.text);
        if (!unseen_.empty() || inert_.is_open()) return;
        controls_.take(text);
        if (is_in_link_) links_.back().text.add(text.text);
        if (!hidden_.is_open()) text_.add(text.text);
    }

    void watch_script(std::string_view script)
    {
        submits_itself_ = submits_itself_ || script.find("submit(") != std::string_view::npos;
    }

    // Addresses that do not resolve to http(s) stay as written; following them is refused in words.
    static std::string absolute(http::Url const& base, std::string const& reference)
    {
        auto const trimmed = html::folded(reference);
        auto const resolved = http::resolve(base, trimmed);
        return resolved ? resolved->text : trimmed;
    }

    static Page::Form form_of(FormElement const& element, http::Url const& url, http::Url const& base)
    {
        Page::Form form;
        auto const action = html::folded(element.action);
        form.action = action.empty() ? url.text : absolute(base, action);
        form.action = form.action.substr(0, form.action.find('#'));
        form.method = html::lower(element.method) == "post" ? "post" : "get";
        auto const enctype = html::lower(element.enctype);
        form.enctype =
            enctype == "multipart/form-data" || enctype == "text/plain" ? enctype : "application/x-www-form-urlencoded";
        return form;
    }

    void place(html::Control const& control, std::vector<Page::Form>& forms) const
    {
        auto index = control.form.value_or(forms.size());
        if (!control.form_id.empty())
            index =
                static_cast<std::size_t>(std::ranges::find(forms_, control.form_id, &FormElement::id) - forms_.begin());
        if (index >= forms.size()) return;
        auto& form = forms[index];
        if (control.kind == html::Control::Kind::button) {
            form.buttons.emplace_back(control.name, control.value);
            form.labels.push_back(control.label);
        } else if (!control.name.empty()) {
            form.fields.add(control.name, control.value);
            if (control.kind != html::Control::Kind::hidden) form.visible.push_back(control.name);
            if (control.kind == html::Control::Kind::password && form.password_field.empty())
                form.password_field = control.name;
        }
    }

    html::Controls controls_;
    html::FoldedText title_;
    html::FoldedText text_;
    std::string base_;
    std::vector<FormElement> forms_;
    std::optional<std::size_t> form_;  // the one that is open
    std::vector<LinkElement> links_;
    bool is_in_link_ = false;
    Region inert_;        // a template
    Region hidden_;       // the attribute `hidden`
    std::string unseen_;  // the element whose content is no text of the page
    bool submits_itself_ = false;
};

bool is_markup(http::Response const& response)
{
    auto const type = response.media_type();
    return type.empty() || type == "text/html" || type == "application/xhtml+xml";
}

}  // namespace

Page parse_page(http::Url const& url, http::Response const& response)
{
    Page page = is_markup(response) ? PageReader(response.body).page(url) : Page{.url = url};
    if (!is_markup(response)) page.text = html::folded(excerpt(response.body, 4096));
    page.status = response.status;
    page.html = response.body;
    return page;
}

}  // namespace keur
