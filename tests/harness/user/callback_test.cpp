#include "harness/user/callback.h"

#include <gtest/gtest.h>

namespace keur::browser {
namespace {

TEST(Callback, IsTheRedirectUriWithAnyQuery)
{
    constexpr std::string_view redirect_uri = "http://localhost:8000/callback";
    for (auto const* const url : {"http://localhost:8000/callback", "http://localhost:8000/callback?code=1",
                                  "http://localhost:8000/callback#code=1", "HTTP://LOCALHOST:8000/callback?code=1"})
        EXPECT_TRUE(leads_to(url, redirect_uri)) << url;
    for (auto const* const url : {"http://localhost:8000/callbacks", "http://localhost:8000/callback/x?code=1",
                                  "http://localhost:8001/callback?code=1", "https://localhost:8000/callback",
                                  "http://localhost:8000/", "javascript:x", ""})
        EXPECT_FALSE(leads_to(url, redirect_uri)) << url;
}

TEST(Callback, KeepsTheQueryOfTheRedirectUri)
{
    EXPECT_TRUE(leads_to("http://localhost:8000/cb?app=1&code=2", "http://localhost:8000/cb?app=1"));
    EXPECT_FALSE(leads_to("http://localhost:8000/cb?app=2&code=2", "http://localhost:8000/cb?app=1"));
}

TEST(Callback, MayHaveASchemeOfTheApplicationsOwn)
{
    EXPECT_TRUE(leads_to("com.example.app:/cb?code=1", "com.example.app:/cb"));
    EXPECT_FALSE(leads_to("com.example.app:/cbx?code=1", "com.example.app:/cb"));
    EXPECT_FALSE(leads_to("com.example.app:/cb", ""));
}

}  // namespace
}  // namespace keur::browser
