# SPDX-License-Identifier: MIT
# `cpack -G DEB`: the packages fcrdns-check and libfcrdns-dev. Dependencies on shared
# libraries are those that dpkg-shlibdeps finds in the program.
set(CPACK_GENERATOR DEB)
# Who builds is who answers for the package: Debian's tools take the name from these, too.
set(CPACK_PACKAGE_CONTACT "The fcrdns-check authors <nobody@fcrdns-check.invalid>")
if(DEFINED ENV{DEBFULLNAME} AND DEFINED ENV{DEBEMAIL})
  set(CPACK_PACKAGE_CONTACT "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
endif()
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME fcrdns-check)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION mail)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
    "Asks the DNS what a receiving mail server asks, tells which of the possible
faults it is, and prints the records that correct it.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libfcrdns-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libc-ares-dev, libpsl-dev, libc6-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
    "The library behind fcrdns-check: static, with headers, a CMake package and
a pkg-config file.")

# Debian wants to know in every package who may copy it and what has changed.
string(TIMESTAMP FCRDNS_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${FCRDNS_INSTALL}/changelog.in ${FCRDNS_GENERATED}/changelog @ONLY)
fcrdns_compressed(${FCRDNS_GENERATED}/changelog ${FCRDNS_GENERATED}/changelog.gz)
add_custom_target(fcrdns-changelog ALL DEPENDS ${FCRDNS_GENERATED}/changelog.gz)
foreach(component IN ITEMS PROGRAM DEVELOPMENT)
  string(TOLOWER ${component} component_lower)
  set(documents ${CMAKE_INSTALL_DATADIR}/doc/${CPACK_DEBIAN_${component}_PACKAGE_NAME})
  install(FILES LICENSE RENAME copyright DESTINATION ${documents} COMPONENT ${component_lower})
  install(FILES ${FCRDNS_GENERATED}/changelog.gz DESTINATION ${documents} COMPONENT ${component_lower})
endforeach()

include(CPack)
