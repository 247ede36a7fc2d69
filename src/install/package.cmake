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
set(FCRDNS_HOMEPAGE "" CACHE STRING "The project's page, named in the packages; the release workflow knows it")
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
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libc-ares-dev, libpsl-dev, libc6-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
    "The library behind fcrdns-check: static, with headers, a CMake package and
a pkg-config file.")

include(CPack)
