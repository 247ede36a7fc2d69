# SPDX-License-Identifier: MIT
# What `cmake --install --component program` puts where: the program, its manual page,
# the schema of its records and the completions.
option(FCRDNS_COMPRESS_MANUAL "Install the manual page compressed, as Debian has it" ON)
set(FCRDNS_ZSH_COMPLETIONS_DIR ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions CACHE STRING
    "Where zsh looks for completions of packages (elsewhere than on Debian: share/zsh/site-functions)")

# Without time stamps, so that two builds give the same octets.
function(fcrdns_compressed source target)
  add_custom_command(OUTPUT ${target} COMMAND gzip -9nc ${source} > ${target} DEPENDS ${source} VERBATIM)
endfunction()

set(FCRDNS_MANUAL ${PROJECT_SOURCE_DIR}/src/doc/fcrdns-check.1)
if(FCRDNS_COMPRESS_MANUAL)
  fcrdns_compressed(${FCRDNS_MANUAL} ${FCRDNS_GENERATED}/fcrdns-check.1.gz)
  set(FCRDNS_MANUAL ${FCRDNS_GENERATED}/fcrdns-check.1.gz)
  add_custom_target(fcrdns-man ALL DEPENDS ${FCRDNS_MANUAL})
endif()
install(TARGETS fcrdns-check RUNTIME COMPONENT program)
install(FILES ${FCRDNS_MANUAL} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/src/doc/fcrdns-check.schema.json
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fcrdns-check COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/src/completions/fcrdns-check.bash RENAME fcrdns-check
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/src/completions/_fcrdns-check
        DESTINATION ${FCRDNS_ZSH_COMPLETIONS_DIR} COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/src/completions/fcrdns-check.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
