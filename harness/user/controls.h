#pragma once

#include "harness/user/folded_text.h"
#include "harness/user/html.h"

#include <optional>
#include <string>
#include <vector>

namespace keur::html {

// One entry a form would send, or one of its submit buttons.
struct Control {
    enum class Kind { hidden, visible, password, button };
    Kind kind{};
    std::string name;
    std::string value;
    std::string label;                // of a button
    std::optional<std::size_t> form;  // index of the form element it stands in
    std::string form_id;              // or the id of the form it names
};

// Collects the controls of a page from its tokens (HTML §4.10.21.4, constructing the entry list).
class Controls {
public:
    void take(Tag const& tag, std::optional<std::size_t> form);
    void take(Text const& text);
    void finish();  // closes what the page left open
    [[nodiscard]] std::vector<Control> const& all() const { return all_; }

private:
    struct Option {
        std::optional<std::string> value;
        bool is_selected = false;
        bool is_disabled = false;
        FoldedText text;
        [[nodiscard]] std::string meant() const { return value.value_or(text.text()); }
    };

    void open(Tag const& tag, Control control);
    void close(std::string_view name);
    void input(Tag const& tag, Control control);
    void close_select();

    std::vector<Control> all_;
    std::optional<Control> button_;
    FoldedText label_;
    std::optional<Control> textarea_;
    std::string content_;  // of the textarea
    std::optional<Control> select_;
    bool is_multiple_ = false;
    std::vector<Option> options_;
    bool is_in_option_ = false;
    std::size_t disabled_fieldsets_ = 0;
    std::vector<bool> fieldsets_;  // those open now: is it disabled?
};

}  // namespace keur::html
