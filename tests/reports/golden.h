#pragma once

#include "protocol/base/file.h"
#include "tests/places.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace keur::reports {

// Compares `text` with the approved tests/reports/golden/<name>. After a change that is meant, look at the difference
// and approve it: `KEUR_APPROVE=1 build/dev/bin/test_reports` writes all golden files anew.
inline void expect_golden(std::string const& name, std::string const& text)
{
    auto const file = tests::source_folder() / "tests/reports/golden" / name;
    if (std::getenv("KEUR_APPROVE") != nullptr) {
        std::filesystem::create_directories(file.parent_path());
        ASSERT_TRUE(write_file(file, text));
        return;
    }
    auto const approved = read_file(file);
    ASSERT_TRUE(approved) << approved.error().text() << "; run again with KEUR_APPROVE=1 to make it";
    if (*approved == text) return;
    auto const actual = std::filesystem::temp_directory_path() / ("keur-golden-" + file.filename().string());
    ASSERT_TRUE(write_file(actual, text));
    ADD_FAILURE() << name << " differs from what was approved; see: diff " << file.string() << " " << actual.string()
                  << "\nRun with KEUR_APPROVE=1 if the change is meant.";
}

}  // namespace keur::reports
