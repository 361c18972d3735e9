#include "mocks/engine/page_texts.h"

namespace keur::mocks {

std::map<std::string, std::string> const& page_texts()
{
    static std::map<std::string, std::string> const texts{
        {"platform", "Sign-in (mock)"},
        {"platform-note", "A test environment of keur. Never enter real data here."},
        {"footer", "This page belongs to a test and keeps nothing."},
        {"sign-in-title", "Sign in"},
        {"sign-in-intro", "Sign in to give an application access."},
        {"username", "User name"},
        {"password", "Password"},
        {"sign-in", "Sign in"},
        {"wrong-credentials", "User name or password is wrong. Try again."},
        {"form-expired", "This form is no longer valid. Go back to the application and start again."},
        {"consent-title", "Consent"},
        {"consent-intro", "{application} asks for access on your behalf."},
        {"consent-list", "The application asks for:"},
        {"consent-note", "The consent holds until you withdraw it."},
        {"signed-in-as", "You are signed in as {user}."},
        {"agree", "Allow"},
        {"refuse", "Refuse"},
        {"cannot-continue", "You cannot go on"},
        {"unreadable-request", "The link that led you here is malformed. Tell the maker of the application."},
        {"missing-client", "The application did not say who it is (client_id is missing)."},
        {"unknown-client", "This application (client_id) is not known here."},
        {"withdrawn-client", "The registration of this application was withdrawn."},
        {"missing-redirect", "The application gave no address to return to (redirect_uri is missing)."},
        {"wrong-redirect", "The address to return to (redirect_uri) is not the one registered for this application."},
        {"request-expired",
         "This request is unknown, was answered, or was begun in another browser. Start again in the application."},
        {"returning-title", "Back to the application"},
        {"go-on", "Go on"},
        {"signed-out-title", "Signed out"},
        {"signed-out", "You are signed out."},
        {"not-found-title", "Not found"},
        {"not-found", "There is nothing at this address."},
        {"wrong-method", "This page cannot be asked for in this way."},
    };
    return texts;
}

}  // namespace keur::mocks
