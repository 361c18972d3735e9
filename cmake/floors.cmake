# One static library for each floor of the architecture; its sources are what lies in its folders.

add_library(keur_options INTERFACE)
target_include_directories(keur_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/tables)
target_compile_options(keur_options INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wshadow -Wconversion -Wpedantic -Werror>
  # GCC 12 sees overlap in every inlined string assignment (GCC bug 105651), and through a precompiled header, which hides
  # that a line belongs to the library, impossible sizes too.
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-missing-field-initializers>
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds>
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:Clang>>:-Wno-missing-designated-field-initializers>
  # std::stable_sort of GCC 12's library uses what that library deprecates.
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:Clang>>:-Wno-deprecated-declarations>)
target_compile_definitions(keur_options INTERFACE KEUR_VERSION="${PROJECT_VERSION}")
if(KEUR_SANITIZE)
  # std::regex and std::variant, instrumented, look uninitialized to GCC 12.
  target_compile_options(keur_options INTERFACE $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-maybe-uninitialized>)
  target_compile_options(keur_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g1)
  target_link_options(keur_options INTERFACE -fsanitize=address,undefined)
  # Asio would hand freed coroutine frames out again, unseen by the sanitizer.
  target_compile_definitions(keur_options INTERFACE BOOST_ASIO_DISABLE_SMALL_BLOCK_RECYCLING)
endif()
if(KEUR_FUZZ)
  target_compile_options(keur_options INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -g1)
  target_link_options(keur_options INTERFACE -fsanitize=address,undefined)
endif()

# What nearly every file includes is parsed once: half of the time of a build from nothing. ccache needs
# CCACHE_SLOPPINESS=pch_defines,time_macros for it (./dev sets it). The fuzz build goes without and so tells of an
# include that a file lacks.
option(KEUR_PRECOMPILE "precompiled headers" ON)
if(KEUR_PRECOMPILE AND NOT KEUR_FUZZ AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  add_library(keur_common OBJECT ${PROJECT_SOURCE_DIR}/cmake/common.cpp)
  target_link_libraries(keur_common PUBLIC keur_options fmt::fmt nlohmann_json::nlohmann_json)
  target_precompile_headers(keur_common PRIVATE <nlohmann/json.hpp> <fmt/format.h> <algorithm> <array> <chrono> <expected>
    <filesystem> <functional> <map> <memory> <optional> <set> <string> <string_view> <utility> <vector>)
  target_compile_options(keur_options INTERFACE -fpch-preprocess)
endif()
function(keur_precompiled target)
  if(TARGET keur_common)
    target_precompile_headers(${target} REUSE_FROM keur_common)
  endif()
endfunction()

# keur_floor(NAME DIRECTORIES dir… [EXCLUDE file…] LINK target…): the library keur_NAME.
function(keur_floor name)
  cmake_parse_arguments(floor "" "" "DIRECTORIES;EXCLUDE;LINK" ${ARGN})
  foreach(directory ${floor_DIRECTORIES})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${directory}/*.cpp)
    list(APPEND sources ${found})
  endforeach()
  foreach(file ${floor_EXCLUDE})
    list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/${file})
  endforeach()
  get_property(tables GLOBAL PROPERTY keur_tables_${name})
  if(NOT sources AND NOT tables)
    return()
  endif()
  add_library(keur_${name} STATIC ${sources} ${tables})
  target_link_libraries(keur_${name} PUBLIC keur_options ${floor_LINK})
  keur_precompiled(keur_${name})
endfunction()

# keur_table(FOLDER Type header namespace function): `FOLDER/x-y.cpp` defines `Type x_y()` in keur::namespace; the build
# writes `std::vector<Type> const& function()` that lists them all, in the floor that FOLDER belongs to.
function(keur_table folder type header namespace function)
  file(GLOB found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  set(declarations "")
  set(rows "")
  foreach(file ${found})
    get_filename_component(stem ${file} NAME_WE)
    string(REPLACE "-" "_" symbol ${stem})
    string(APPEND declarations "${type} ${symbol}();\n")
    string(APPEND rows "        ${symbol}(),\n")
  endforeach()
  get_filename_component(parent ${folder} DIRECTORY)
  string(REGEX REPLACE "/.*" "" floor ${folder})
  set(out ${PROJECT_BINARY_DIR}/tables/${folder}_table.cpp)
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT
"// Written by the build from the files in ${folder}/.
#include \"${parent}/${header}\"

#include <vector>

namespace keur::${namespace} {

${declarations}
std::vector<${type}> const& ${function}()
{
    static std::vector<${type}> const table{
${rows}    };
    return table;
}

}  // namespace keur::${namespace}
")
  set_property(GLOBAL APPEND PROPERTY keur_tables_${floor} ${out})
endfunction()

# keur_system_table(): `mocks/<system>/endpoints.cpp` defines `System endpoints_<system>()` in keur::mocks; the build lists them in systems().
function(keur_system_table)
  file(GLOB found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/mocks/*/endpoints.cpp)
  set(declarations "")
  set(rows "")
  foreach(file ${found})
    get_filename_component(directory ${file} DIRECTORY)
    get_filename_component(system ${directory} NAME)
    string(REPLACE "-" "_" symbol ${system})
    string(APPEND declarations "System endpoints_${symbol}();\n")
    string(APPEND rows "        endpoints_${symbol}(),\n")
  endforeach()
  set(out ${PROJECT_BINARY_DIR}/tables/mocks/systems_table.cpp)
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT
"// Written by the build from mocks/*/endpoints.cpp.
#include \"mocks/engine/system.h\"

#include <vector>

namespace keur::mocks {

${declarations}
std::vector<System> const& systems()
{
    static std::vector<System> const table{
${rows}    };
    return table;
}

}  // namespace keur::mocks
")
  set_property(GLOBAL APPEND PROPERTY keur_tables_mocks ${out})
endfunction()

# keur_program(NAME [SOURCES file…] [DIRECTORY dir] LINK target…)
function(keur_program name)
  cmake_parse_arguments(program "" "DIRECTORY" "SOURCES;LINK" ${ARGN})
  if(program_DIRECTORY)
    file(GLOB_RECURSE program_SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${program_DIRECTORY}/*.cpp)
  endif()
  if(NOT program_SOURCES)
    return()
  endif()
  add_executable(${name} ${program_SOURCES})
  target_link_libraries(${name} PRIVATE keur_options ${program_LINK})
  keur_precompiled(${name})
  install(TARGETS ${name} RUNTIME DESTINATION bin)
endfunction()
