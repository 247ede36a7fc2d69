# SPDX-License-Identifier: MIT
# What `cmake --install --component development` puts where: the library, its headers, and how other builds find it.
if(PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_INSTALL_LIBDIR AND CMAKE_LIBRARY_ARCHITECTURE
   AND EXISTS /etc/debian_version)
  # Debian's directory for each architecture, below every prefix: cross builds look only there.
  set(CMAKE_INSTALL_LIBDIR lib/${CMAKE_LIBRARY_ARCHITECTURE} CACHE PATH "Libraries, below the prefix")
endif()
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(FCRDNS_INSTALL_FILES ${PROJECT_SOURCE_DIR}/src/install)
set(FCRDNS_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/fcrdns)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# Its users link what it is made of, so the CMake package and the pkg-config file both name that.
install(TARGETS fcrdns EXPORT fcrdns ARCHIVE COMPONENT development INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/fcrdns ${FCRDNS_GENERATED}/fcrdns DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        COMPONENT development FILES_MATCHING PATTERN *.hpp)
install(EXPORT fcrdns NAMESPACE fcrdns:: FILE fcrdns-targets.cmake DESTINATION ${FCRDNS_CMAKE_DIR}
        COMPONENT development)
configure_package_config_file(${FCRDNS_INSTALL_FILES}/fcrdns-config.cmake.in ${FCRDNS_GENERATED}/fcrdns-config.cmake
                              INSTALL_DESTINATION ${FCRDNS_CMAKE_DIR})
write_basic_package_version_file(${FCRDNS_GENERATED}/fcrdns-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${FCRDNS_GENERATED}/fcrdns-config.cmake ${FCRDNS_GENERATED}/fcrdns-config-version.cmake
        DESTINATION ${FCRDNS_CMAKE_DIR} COMPONENT development)
# Relative, so that the package may stand under any root, that of a cross build included.
string(REGEX REPLACE "[^/]+" ".." FCRDNS_PREFIX_FROM_PC ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
configure_file(${FCRDNS_INSTALL_FILES}/fcrdns.pc.in ${FCRDNS_GENERATED}/fcrdns.pc @ONLY)
install(FILES ${FCRDNS_GENERATED}/fcrdns.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
