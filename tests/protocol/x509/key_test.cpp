#include "protocol/x509/key.h"

#include "protocol/x509/openssl.h"

#include <gtest/gtest.h>

#include <array>

namespace keur::x509 {

TEST(Key, IsGeneratedAsTheRecipeSays)
{
    struct Case {
        KeyRecipe recipe;
        KeyKind kind;
        int bits;
    };
    for (auto const& [recipe, kind, bits] :
         std::array{Case{KeyRecipe::rsa_2048, KeyKind::rsa, 2048}, Case{KeyRecipe::p256, KeyKind::p256, 256},
                    Case{KeyRecipe::p384, KeyKind::p384, 384}, Case{KeyRecipe::ed25519, KeyKind::ed25519, 256}}) {
        auto const key = Key::generate(recipe);
        ASSERT_TRUE(key);
        EXPECT_EQ(key->kind(), kind);
        EXPECT_EQ(key->bits(), bits);
        EXPECT_TRUE(key->is_private());
    }
}

TEST(Key, OfRsaIsOneThatOpensslFindsNothingWrongWith)
{
    for (auto const recipe : {KeyRecipe::rsa_2048, KeyRecipe::rsa_3072})
        for (int i = 0; i < 5; ++i) {
            auto const key = Key::generate(recipe);
            ASSERT_TRUE(key);
            KeyContext const context(EVP_PKEY_CTX_new_from_pkey(nullptr, key->handle(), nullptr));
            EXPECT_EQ(EVP_PKEY_check(context.get()), 1);
            EXPECT_EQ(key->bits(), recipe == KeyRecipe::rsa_2048 ? 2048 : 3072);
        }
}

TEST(Key, SurvivesItsPemForm)
{
    auto const key = *Key::generate(KeyRecipe::p256);
    auto const again = Key::from_pem(key.private_pem());
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->is_private());
    EXPECT_TRUE(again->matches(key));
}

TEST(Key, PublicPartHasNoPrivatePem)
{
    auto const key = *Key::generate(KeyRecipe::ed25519);
    auto const open = key.public_key();
    EXPECT_FALSE(open.is_private());
    EXPECT_EQ(open.private_pem(), "");
    EXPECT_TRUE(open.matches(key));
    EXPECT_FALSE(open.matches(*Key::generate(KeyRecipe::ed25519)));
}

TEST(Key, RefusesTextThatIsNoKey)
{
    EXPECT_FALSE(Key::from_pem(""));
    EXPECT_FALSE(Key::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
    EXPECT_FALSE(Key::from_pem("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"));
}

}  // namespace keur::x509
