#include "protocol/base/file.h"

#include <gtest/gtest.h>

#include <unistd.h>

namespace keur {

namespace {

// A folder of its own for each test, removed at its end.
class Files : public testing::Test {
protected:
    Files() { std::filesystem::create_directories(folder); }
    ~Files() override { std::filesystem::remove_all(folder); }

    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("keur-file-test-" + std::to_string(getpid()) + '-' +
                                                  testing::UnitTest::GetInstance()->current_test_info()->name());
};

}  // namespace

TEST_F(Files, AreReadAsTheyWereWritten)
{
    std::string const content("a\0\r\n\xff", 5);
    ASSERT_TRUE(write_file(folder / "x", content));
    EXPECT_EQ(*read_file(folder / "x"), content);
    ASSERT_TRUE(write_file(folder / "x", ""));
    EXPECT_EQ(*read_file(folder / "x"), "");
}

TEST_F(Files, LeaveNoDraftBehind)
{
    ASSERT_TRUE(write_file(folder / "x", "1"));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(Files, ThatCannotBeReadAreNamed)
{
    EXPECT_EQ(read_file(folder / "none").error().text(),
              (folder / "none").string() + ": there is no such file; check the path");
    EXPECT_EQ(read_file(folder).error().what, "this is not a regular file");
    EXPECT_EQ(read_file("/dev/zero").error().what, "this is not a regular file");
    EXPECT_FALSE(write_file(folder / "none" / "x", "1"));
}

TEST_F(Files, AreFoundBelowAFolderInOrder)
{
    std::filesystem::create_directories(folder / "b");
    for (auto const* name : {"b/2.yaml", "b/1.yaml", "c.yaml", "c.txt"}) ASSERT_TRUE(write_file(folder / name, ""));
    auto const found = files_below(folder, ".yaml");
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, (std::vector{folder / "b/1.yaml", folder / "b/2.yaml", folder / "c.yaml"}));
    EXPECT_FALSE(files_below(folder / "none", ".yaml"));
}

}  // namespace keur
