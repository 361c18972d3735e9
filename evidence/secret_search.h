#pragma once

#include "evidence/needle_search.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur {

// Finds secrets in texts that others wrote, in the encodings a program might write them in.
class SecretSearch {
public:
    // What one place in a text holds: bytes `begin` up to but not including `end` tell of secret number `secret`.
    struct Place {
        std::size_t secret;
        std::string_view encoding;  // plain, url, json, base64, base64url, hex
        std::size_t begin;
        std::size_t end;
    };

    // Secret number `secret` (any number the caller likes) has this value. Values below 8 bytes are not searched for.
    void add(std::size_t secret, std::string_view value);
    // Every place, in the order of where they begin, longer before shorter; places may overlap.
    [[nodiscard]] std::vector<Place> find(std::string_view text) const;
    // No place is longer than this.
    [[nodiscard]] std::size_t longest_place() const;

private:
    struct Form {
        std::size_t secret;
        std::string_view encoding;
        std::size_t before;  // bytes beside the needle that hold bits of the secret too (base64)
        std::size_t after;
    };
    void add_form(Form form, std::string needle);
    void add_base64(std::size_t secret, std::string_view value);

    NeedleSearch needles_;
    std::vector<Form> forms_;  // by number of the needle
    std::size_t longest_ = 0;
    bool has_space_ = false;
};

}  // namespace keur
