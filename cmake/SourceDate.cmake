# usageline_source_date(<variable> <source folder>)
#
# Sets the time of packed files, in seconds since 1970: SOURCE_DATE_EPOCH if it is set, else the time
# of the commit, else that of the changelog. The time of packing is never used, so that packing twice
# gives the same bytes.
function(usageline_source_date variable source)
  if(NOT "$ENV{SOURCE_DATE_EPOCH}" STREQUAL "")
    set(${variable} $ENV{SOURCE_DATE_EPOCH} PARENT_SCOPE)
    return()
  endif()
  if(EXISTS ${source}/.git)
    execute_process(COMMAND git -C ${source} log -1 --format=%ct
      OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
  if(NOT date)
    file(TIMESTAMP ${source}/CHANGELOG.md date %s UTC)
  endif()
  set(${variable} ${date} PARENT_SCOPE)
endfunction()
