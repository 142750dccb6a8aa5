# Packs the sources: cmake -D NAME=<name-version> -D OUTPUT=<file.tar.gz> -P cmake/Dist.cmake.
# In a git tree these are the files that git knows, as they are now; elsewhere all files except those
# of builds. Needs GNU tar. The archive is the same wherever and whenever it is made.
cmake_minimum_required(VERSION 3.20)
include(${CMAKE_CURRENT_LIST_DIR}/SourceDate.cmake)
get_filename_component(source ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
usageline_source_date(date ${source})

if(EXISTS ${source}/.git)
  execute_process(COMMAND git -C ${source} ls-files
    OUTPUT_VARIABLE files OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
else()
  file(GLOB_RECURSE files RELATIVE ${source} ${source}/*)
  list(FILTER files EXCLUDE REGEX "^build|__pycache__")
  list(JOIN files "\n" files)
endif()

get_filename_component(folder ${OUTPUT} DIRECTORY)
file(WRITE ${folder}/${NAME}.files "${files}\n")
execute_process(
  COMMAND tar --create --file=- --directory=${source} --files-from=${folder}/${NAME}.files
    --transform=s,^,${NAME}/, --sort=name --format=ustar --mtime=@${date}
    --owner=0 --group=0 --numeric-owner --mode=a+rX,u+w,go-w
  COMMAND gzip -9 --no-name
  OUTPUT_FILE ${OUTPUT} COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE ${folder}/${NAME}.files)
message(STATUS "Wrote ${OUTPUT}")
