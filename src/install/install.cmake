# SPDX-License-Identifier: MIT
# What `cmake --install` puts where, in the places that Debian has for each.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(FCRDNS_INSTALL ${PROJECT_SOURCE_DIR}/src/install)
set(FCRDNS_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/fcrdns)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# Without time stamps, so that two builds give the same octets.
function(fcrdns_compressed source target)
  add_custom_command(OUTPUT ${target} COMMAND gzip -9nc ${source} > ${target} DEPENDS ${source} VERBATIM)
endfunction()
set(FCRDNS_MAN ${FCRDNS_GENERATED}/fcrdns-check.1.gz)
fcrdns_compressed(${PROJECT_SOURCE_DIR}/src/doc/fcrdns-check.1 ${FCRDNS_MAN})
add_custom_target(fcrdns-man ALL DEPENDS ${FCRDNS_MAN})

# The program.
set(FCRDNS_COMPLETIONS ${PROJECT_SOURCE_DIR}/src/completions)
install(TARGETS fcrdns-check RUNTIME COMPONENT program)
install(FILES ${FCRDNS_MAN} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${FCRDNS_COMPLETIONS}/fcrdns-check.bash RENAME fcrdns-check
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES ${FCRDNS_COMPLETIONS}/_fcrdns-check
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
install(FILES ${FCRDNS_COMPLETIONS}/fcrdns-check.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)

# The library. Its users link what it is made of, so both packages name that.
install(TARGETS fcrdns EXPORT fcrdns ARCHIVE COMPONENT development INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/fcrdns ${FCRDNS_GENERATED}/fcrdns DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        COMPONENT development FILES_MATCHING PATTERN *.hpp)
install(EXPORT fcrdns NAMESPACE fcrdns:: FILE fcrdns-targets.cmake DESTINATION ${FCRDNS_CMAKE_DIR}
        COMPONENT development)
configure_package_config_file(${FCRDNS_INSTALL}/fcrdns-config.cmake.in ${FCRDNS_GENERATED}/fcrdns-config.cmake
                              INSTALL_DESTINATION ${FCRDNS_CMAKE_DIR})
write_basic_package_version_file(${FCRDNS_GENERATED}/fcrdns-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${FCRDNS_GENERATED}/fcrdns-config.cmake ${FCRDNS_GENERATED}/fcrdns-config-version.cmake
        DESTINATION ${FCRDNS_CMAKE_DIR} COMPONENT development)
# Relative, so that the package may stand under any root.
string(REGEX REPLACE "[^/]+" ".." FCRDNS_PREFIX_FROM_PC ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
configure_file(${FCRDNS_INSTALL}/fcrdns.pc.in ${FCRDNS_GENERATED}/fcrdns.pc @ONLY)
install(FILES ${FCRDNS_GENERATED}/fcrdns.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
