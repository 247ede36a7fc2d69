# SPDX-License-Identifier: MIT
# The program with every library in it: one file that runs on any Linux of its processor, and starts in less
# time than the dynamic linker takes.
foreach(archive cares psl idn2 unistring)
  find_library(FCRDNS_ARCHIVE_${archive} lib${archive}.a REQUIRED)
endforeach()

function(link_statically program)
  target_include_directories(${program} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include ${FCRDNS_GENERATED})
  target_compile_options(${program} PRIVATE -fPIE)
  add_dependencies(${program} fcrdns-cli fcrdns)
  # The C library warns of functions that need its shared form; c-ares has them where nothing here leads to.
  target_link_options(${program} PRIVATE -static-pie -Wl,--no-warnings)
  target_link_libraries(${program} PRIVATE
    $<TARGET_FILE:fcrdns-cli> $<TARGET_FILE:fcrdns> fmt::fmt-header-only
    ${FCRDNS_ARCHIVE_cares} ${FCRDNS_ARCHIVE_psl} ${FCRDNS_ARCHIVE_idn2} ${FCRDNS_ARCHIVE_unistring} resolv)
endfunction()
