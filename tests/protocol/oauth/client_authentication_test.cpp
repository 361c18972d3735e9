#include "protocol/oauth/client_authentication.h"

#include "protocol/base/encoding.h"

#include <gtest/gtest.h>

namespace keur::oauth {

namespace {

using Methods = std::vector<AuthenticationMethod>;

}  // namespace

TEST(BasicAuthorization, EncodesEachHalfAsAFormValue)  // RFC 6749 §2.3.1
{
    EXPECT_EQ(basic_authorization("my client", "p:%&ü"), "Basic " + base64("my+client:p%3A%25%26%C3%BC"));
    auto const read = parse_basic_authorization(basic_authorization("my client:1", "p:%&ü+"));
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->client_id, "my client:1");
    EXPECT_EQ(read->secret, "p:%&ü+");
}

TEST(BasicAuthorization, RefusesWhatDoesNotDecode)
{
    for (auto const& value :
         {std::string("Basic"), std::string("Basic !"), "Basic " + base64("no colon"), "Basic " + base64("a:%zz"),
          "Basic " + base64("a%:b"), "Basic " + base64("\xff:b"), std::string("Basic YTpi="), std::string("Bearer x")})
        EXPECT_FALSE(parse_basic_authorization(value)) << value;
}

TEST(ClientAuthentication, IsReadFromTheHeader)
{
    auto const read = *read_client_authentication({{"authorization", "bASIC " + base64("c:s")}}, {});
    EXPECT_EQ(read.methods, Methods{AuthenticationMethod::client_secret_basic});
    EXPECT_EQ(read.client_id, "c");
    EXPECT_EQ(read.secret, "s");
}

TEST(ClientAuthentication, IsReadFromTheBody)
{
    auto const read = *read_client_authentication({}, {{"client_id", "c"}, {"client_secret", "s"}});
    EXPECT_EQ(read.methods, Methods{AuthenticationMethod::client_secret_post});
    EXPECT_EQ(read.secret, "s");
    EXPECT_TRUE(read_client_authentication({}, {{"client_id", "c"}})->methods.empty());
}

TEST(ClientAuthentication, ShowsThatThereIsMoreThanOne)  // RFC 6749 §2.3
{
    auto const read = *read_client_authentication({{"Authorization", basic_authorization("c", "s")}},
                                                  {{"client_id", "d"},
                                                   {"client_secret", "t"},
                                                   {"client_assertion_type", std::string(jwt_bearer_assertion)},
                                                   {"client_assertion", "x.y.z"}});
    EXPECT_EQ(read.methods, (Methods{AuthenticationMethod::client_secret_basic,
                                     AuthenticationMethod::client_secret_post, AuthenticationMethod::assertion}));
    EXPECT_TRUE(read.has_two_ids);
    EXPECT_EQ(read.client_id, "c");
}

TEST(ClientAuthentication, TheSameIdInBothPlacesIsOneId)
{
    EXPECT_FALSE(read_client_authentication({{"Authorization", basic_authorization("c", "s")}}, {{"client_id", "c"}})
                     ->has_two_ids);
}

TEST(ClientAuthentication, RefusesTwoAuthorizationHeaders)
{
    EXPECT_FALSE(
        read_client_authentication({{"Authorization", "Basic " + base64("a:b")}, {"Authorization", "Bearer x"}}, {}));
}

}  // namespace keur::oauth
