#include "harness/user/behaviour.h"

#include "harness/user/callback.h"
#include "harness/user/folded_text.h"
#include "harness/user/html.h"
#include "harness/user/quotation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace keur::browser {
namespace {

std::string label_of(std::string_view text)
{
    return html::lower(html::folded(text));
}

oauth::Callback brought_by(Page::Form const& form)
{
    if (form.method == "post") return {form.action, http::to_text(form.fields)};
    return {http::with_parameters(form.action.substr(0, form.action.find('?')), form.fields), {}};
}

}  // namespace

Result<Deed> Behaviour::act(Page const& page)
{
    if (page.status >= 400) return Deed{};
    auto const itself = std::ranges::find_if(page.forms, [](auto const& form) { return form.visible.empty(); });
    if (page.submits_itself && itself != page.forms.end()) return submit_itself(page, *itself);
    if (is_clients(options_, page.url)) return Deed{};
    auto const fillable = std::ranges::find_if(page.forms, [&](auto const& form) { return can_fill_in(form); });
    if (fillable != page.forms.end()) return fill_in(page, *fillable);
    return consent(page);
}

// As response_mode=form_post does it: the form is the callback.
Result<Deed> Behaviour::submit_itself(Page const& page, Page::Form const& form)
{
    if (!is_callback(options_, form.action)) return press(page, form, std::nullopt);
    auto const callback = delivered(options_, brought_by(form));
    if (!options_.stop_at.empty()) return Deed{.next = {}, .callback = callback};
    auto next = navigation_to(callback, page.url);
    if (!next) return fail(next);
    // All stand on localhost here, but who signs users in for others has a site of its own.
    if (!is_clients(options_, page.url)) next->site = Navigation::Site::cross_site;
    return Deed{.next = std::move(*next)};
}

bool Behaviour::can_fill_in(Page::Form const& form) const
{
    return !form.password_field.empty() ||
           std::ranges::any_of(form.visible, [&](auto const& name) { return options_.credentials.contains(name); });
}

bool Behaviour::is_consent_label(std::string const& label) const
{
    return label_of(label) == label_of(options_.agree_label) || label_of(label) == label_of(options_.refuse_label);
}

Result<Deed> Behaviour::fill_in(Page const& page, Page::Form form)
{
    auto const signature =
        fmt::format("{} {}", form.action.substr(0, form.action.find('?')), fmt::join(form.visible, " "));
    if (!filled_in_.insert(signature).second)
        return fail(page.url.text,
                    "the sign-in page came back after the user had filled it in: " + in_quotes(page.text),
                    "check this user's name and password in the system's profile");
    if (!form.password_field.empty() && !options_.credentials.contains(form.password_field))
        return fail(page.url.text,
                    fmt::format("the sign-in form asks for a password in its field '{}', and the user has none for it",
                                form.password_field),
                    "name the field in the credentials of the system's profile");
    for (auto const& name : form.visible)
        if (auto const typed = options_.credentials.find(name); typed != options_.credentials.end())
            form.fields.set(name, typed->second);
    auto const button = std::ranges::find_if(
        form.labels, [&](auto const& label) { return label_of(label) != label_of(options_.refuse_label); });
    if (button == form.labels.end()) return press(page, form, std::nullopt);
    return press(page, form, static_cast<std::size_t>(button - form.labels.begin()));
}

// Presses the button for what the user wants; a page without forms needs nothing.
Result<Deed> Behaviour::consent(Page const& page)
{
    auto const wanted = options_.consent == Consent::refuse ? options_.refuse_label : options_.agree_label;
    std::vector<std::string> labels;
    std::vector<std::string> fields;
    for (auto const& form : page.forms) {
        for (std::size_t button = 0; button < form.labels.size(); ++button) {
            if (options_.consent == Consent::abandon && is_consent_label(form.labels[button]))
                return Deed{.next = {}, .callback = {}, .abandons = true};
            if (label_of(form.labels[button]) == label_of(wanted)) return press(page, form, button);
        }
        labels.insert(labels.end(), form.labels.begin(), form.labels.end());
        fields.insert(fields.end(), form.visible.begin(), form.visible.end());
    }
    if (labels.empty() && fields.empty()) return Deed{};
    return fail(
        page.url.text,
        fmt::format("the user does not know what to do with the form on page {}: its fields are '{}', its buttons "
                    "'{}'",
                    in_quotes(page.title), shortened(fmt::format("{}", fmt::join(fields, "', '")), 200),
                    shortened(fmt::format("{}", fmt::join(labels, "', '")), 200)),
        fmt::format("name the fields in the user's credentials, or label the button '{}'", wanted));
}

Result<Deed> Behaviour::press(Page const& page, Page::Form const& form, std::optional<std::size_t> button)
{
    auto next = submission(page, form, button);
    if (!next) return fail(next);
    return Deed{.next = std::move(*next)};
}

}  // namespace keur::browser
