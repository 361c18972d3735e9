#include "mocks/engine/fault_text.h"

namespace keur::mocks {

FaultWords origins_in(FaultedReply const& faulted)
{
    FaultWords words;
    for (auto const& [party, origin] : faulted.origins) words["origin." + party] = origin;
    return words;
}

Json filled_in(Json value, FaultWords const& words)
{
    if (value.is_structured())
        for (auto& item : value) item = filled_in(item, words);
    if (!value.is_string()) return value;
    auto text = value.get<std::string>();
    for (auto const& [name, word] : words) {
        auto const mark = "${" + name + "}";
        if (auto const at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), word);
    }
    return text;
}

}  // namespace keur::mocks
