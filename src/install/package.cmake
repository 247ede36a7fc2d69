# SPDX-License-Identifier: MIT
# `cpack -G DEB`: the packages fcrdns-check and libfcrdns-dev. Dependencies on shared
# libraries are those that dpkg-shlibdeps finds in the program.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT ${FCRDNS_AUTHORS})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# Only cpack and Debian's own tools, which install component by component, take them along.
install(FILES ${PROJECT_SOURCE_DIR}/src/install/lintian/fcrdns-check
        DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides COMPONENT program EXCLUDE_FROM_ALL)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/src/install/strip.cmake)
set(FCRDNS_HOMEPAGE "" CACHE STRING "The project's page, named in the packages; the release workflow knows it")
set(FCRDNS_REPOSITORY "${FCRDNS_HOMEPAGE}" CACHE STRING "The page of its repository, whose clone address ends in .git")
if(FCRDNS_HOMEPAGE)
  set(CPACK_DEBIAN_PACKAGE_HOMEPAGE ${FCRDNS_HOMEPAGE})
endif()

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME fcrdns-check)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION mail)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
    "Asks the DNS what a receiving mail server asks about the address of a
client, tells which of the possible faults it is, and prints the records
that repair it.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libfcrdns-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(FCRDNS_DEVELOPMENT_DEPENDS "libc-ares-dev, libpsl-dev, libc6-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS ${FCRDNS_DEVELOPMENT_DEPENDS})
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
    "The library behind fcrdns-check: static, with headers, a CMake package and
a pkg-config file.")

include(CPack)
include(src/install/debian.cmake)
