# SPDX-License-Identifier: MIT
# What travels with either package: who may copy it, the licences of what is linked into it, and what has changed.
set(FCRDNS_AUTHORS "The fcrdns-check authors <nobody@fcrdns-check.invalid>")
# Who builds a package is who answers for it: Debian's tools take the name from these, too.
if(DEFINED ENV{DEBFULLNAME} AND DEFINED ENV{DEBEMAIL})
  set(FCRDNS_AUTHORS "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
endif()
configure_file(${FCRDNS_INSTALL_FILES}/changelog.in ${FCRDNS_GENERATED}/changelog @ONLY)
fcrdns_compressed(${FCRDNS_GENERATED}/changelog ${FCRDNS_GENERATED}/changelog.gz)
add_custom_target(fcrdns-changelog ALL DEPENDS ${FCRDNS_GENERATED}/changelog.gz)
foreach(package component IN ZIP_LISTS FCRDNS_PACKAGES FCRDNS_COMPONENTS)
  set(documents ${CMAKE_INSTALL_DATADIR}/doc/${package})
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE RENAME copyright DESTINATION ${documents} COMPONENT ${component})
  install(FILES ${PROJECT_SOURCE_DIR}/src/doc/NOTICES ${FCRDNS_GENERATED}/changelog.gz
          DESTINATION ${documents} COMPONENT ${component})
endforeach()
