# SPDX-License-Identifier: MIT
# Run by cpack before it makes packages: takes out of programs and libraries which compiler made them.
file(GLOB programs ${CPACK_TEMPORARY_DIRECTORY}/*/usr/bin/*)
file(GLOB_RECURSE libraries ${CPACK_TEMPORARY_DIRECTORY}/*.a)
foreach(file IN LISTS programs libraries)
  execute_process(COMMAND strip --strip-debug --remove-section=.comment --enable-deterministic-archives ${file}
                  COMMAND_ERROR_IS_FATAL ANY)
endforeach()
