#include "protocol/base/result.h"

namespace keur {

std::string Error::text() const
{
    std::string line = where.empty() ? what : where + ": " + what;
    if (!remedy.empty()) line += "; " + remedy;
    return line;
}

}  // namespace keur
