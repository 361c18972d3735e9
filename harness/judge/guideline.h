#pragma once

#include "evidence/offer.h"
#include "harness/judge/hello.h"
#include "harness/judge/regex.h"
#include "protocol/base/yaml.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace keur::judge {

// One edition of a guideline that grades what is offered in TLS: a file of guidelines/.
class Guideline {
public:
    static Result<Guideline> compile(Yaml const& source);
    // Members of a file, of a component and of a row in it.
    [[nodiscard]] static std::vector<std::string> members();
    [[nodiscard]] static std::vector<std::string> component_members();
    [[nodiscard]] static std::vector<std::string> row_members();

    [[nodiscard]] std::string const& title() const { return title_; }
    [[nodiscard]] std::string const& edition() const { return edition_; }
    // Every component for which anything was offered, each value that came in any of the hellos once.
    [[nodiscard]] Offer grade(std::string const& client, std::vector<SeenHello> const& hellos) const;

private:
    struct Row {
        Grade grade = Grade::ungraded;
        Regex names;
        std::string why;
        std::string section;
    };
    struct Component {
        std::string name;
        std::string of;  // a list of the hello
        std::string section;
        std::optional<Regex> only;  // which of its values count
        std::optional<Regex> when;  // only hellos that offer such a version
        std::vector<Row> rows;      // the first that fits gives the grade
        std::optional<Grade> absent;
    };
    static Result<Component> read_component(Yaml const& source);
    static Result<Row> read_row(Yaml const& source, std::string const& section);
    static OfferedValue graded(Component const& component, OfferedName const& value);
    static OfferedComponent graded(Component const& component, std::vector<SeenHello> const& hellos);

    std::string title_;
    std::string edition_;
    std::string address_;
    std::vector<Component> components_;
};

// The edition of that name, guidelines/ncsc-EDITION.yaml below `roots`; fails with the editions that there are.
[[nodiscard]] Result<Guideline> load_guideline(std::vector<std::filesystem::path> const& roots,
                                               std::string const& edition);
// Every mistake in all editions.
[[nodiscard]] std::vector<Error> mistakes_in_guidelines(std::vector<std::filesystem::path> const& roots);

// The edition that is meant when nobody names one.
inline constexpr std::string_view newest_edition = "2025-05";

}  // namespace keur::judge
