#include "harness/user/controls.h"

#include <algorithm>
#include <array>

namespace keur::html {
namespace {

using Kind = Control::Kind;

// Types of <input> that are not fields with a text of their own; every other type is.
struct InputRow {
    std::string_view type;
    Kind kind;
    bool needs_checked = false;  // counts only when checked, with the value `on` when it has none
    bool is_sent = true;
};
constexpr std::array input_rows{
    InputRow{"hidden", Kind::hidden},
    InputRow{"password", Kind::password},
    InputRow{"checkbox", Kind::visible, true},
    InputRow{"radio", Kind::visible, true},
    InputRow{"submit", Kind::button},
    InputRow{"image", Kind::button},
    InputRow{"button", Kind::button, false, false},
    InputRow{"reset", Kind::button, false, false},
    InputRow{"file", Kind::visible, false, false},
};

std::string first_of(std::initializer_list<std::string> texts)
{
    for (auto const& text : texts)
        if (!text.empty()) return text;
    return {};
}

}  // namespace

void Controls::take(Tag const& tag, std::optional<std::size_t> form)
{
    if (tag.is_end) return close(tag.name);
    Control control{.name = tag.get("name"), .value = tag.get("value"), .form = form, .form_id = tag.get("form")};
    if (tag.name == "fieldset") {
        fieldsets_.push_back(tag.has("disabled"));
        disabled_fieldsets_ += fieldsets_.back() ? 1 : 0;
    } else if (tag.name == "option") {
        close("option");
        if (!select_) return;
        options_.push_back({tag.find("value"), tag.has("selected"), tag.has("disabled"), {}});
        is_in_option_ = true;
    } else if (!tag.has("disabled") && disabled_fieldsets_ == 0) {
        open(tag, std::move(control));
    }
}

void Controls::open(Tag const& tag, Control control)
{
    if (tag.name == "input") input(tag, std::move(control));
    if (tag.name == "button" && (!tag.has("type") || lower(tag.get("type")) == "submit")) {
        close("button");
        control.kind = Kind::button;
        control.label = first_of({tag.get("aria-label"), tag.get("title"), control.value});
        button_ = std::move(control);
        label_ = {};
    } else if (tag.name == "textarea") {
        control.kind = Kind::visible;
        textarea_ = std::move(control);
        content_.clear();
    } else if (tag.name == "select") {
        close_select();
        control.kind = Kind::visible;
        select_ = std::move(control);
        is_multiple_ = tag.has("multiple");
    }
}

void Controls::input(Tag const& tag, Control control)
{
    auto const row = std::ranges::find(input_rows, lower(tag.get("type")), &InputRow::type);
    control.kind = row == input_rows.end() ? Kind::visible : row->kind;
    if (row != input_rows.end() && !row->is_sent) return;
    if (row != input_rows.end() && row->needs_checked) {
        if (!tag.has("checked")) return;
        control.value = tag.find("value").value_or("on");
    }
    if (control.kind == Kind::button)
        control.label = folded(first_of({control.value, tag.get("alt"), tag.get("aria-label"), "Submit"}));
    all_.push_back(std::move(control));
}

void Controls::take(Text const& text)
{
    if (textarea_) {
        content_ += text.text;
        return;
    }
    if (button_) label_.add(text.text);
    if (is_in_option_) options_.back().text.add(text.text);
}

void Controls::close(std::string_view name)
{
    if (name == "button" && button_) {
        button_->label = first_of({label_.text(), folded(button_->label)});
        all_.push_back(*std::exchange(button_, std::nullopt));
    } else if (name == "textarea" && textarea_) {
        // A newline right after the start tag is not part of the text (HTML §13.2.6.4.7).
        textarea_->value = content_.substr(content_.starts_with("\r\n") ? 2 : content_.starts_with('\n') ? 1 : 0);
        all_.push_back(*std::exchange(textarea_, std::nullopt));
    } else if (name == "option") {
        is_in_option_ = false;
    } else if (name == "select") {
        close_select();
    } else if (name == "fieldset" && !fieldsets_.empty()) {
        disabled_fieldsets_ -= fieldsets_.back() ? 1 : 0;
        fieldsets_.pop_back();
    }
}

// A list of which nothing is selected has its first usable option, unless several may be selected.
void Controls::close_select()
{
    is_in_option_ = false;
    if (!select_) return;
    auto control = *std::exchange(select_, std::nullopt);
    auto const options = std::exchange(options_, {});
    std::vector<std::string> chosen;
    for (auto const& option : options)
        if (option.is_selected && !option.is_disabled) chosen.push_back(option.meant());
    if (chosen.size() > 1 && !is_multiple_) chosen = {chosen.back()};
    if (chosen.empty() && !is_multiple_) {
        auto const usable = std::ranges::find(options, false, &Option::is_disabled);
        if (usable != options.end()) chosen.push_back(usable->meant());
    }
    for (auto& value : chosen) {
        control.value = std::move(value);
        all_.push_back(control);
    }
}

void Controls::finish()
{
    for (auto const* const name : {"button", "textarea", "select"}) close(name);
}

}  // namespace keur::html
