#include "evidence/fingerprint.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

TEST(Fingerprint, IsTheStartOfTheSha256)  // FIPS 180-4, example "abc"
{
    EXPECT_EQ(fingerprint("abc"), "ba7816bf8f01cfea");
}

TEST(Fingerprint, TellsValuesApart)
{
    EXPECT_NE(fingerprint("state-1"), fingerprint("state-2"));
}

}  // namespace
}  // namespace keur
