#pragma once

#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/profile.h"

namespace keur::mocks {

// A fault that a scenario ordered, and how often it had its chance.
struct OrderedFault {
    Fault const* fault = nullptr;
    FaultOrder order;
    FaultGate gate;
    int chances = 0;
    int fired = 0;
};

}  // namespace keur::mocks
