# The source archive, by `cmake --build <build> --target dist`.
set(dist ${PROJECT_NAME}-${PROJECT_VERSION})
add_custom_target(dist
  COMMAND ${CMAKE_COMMAND} -D NAME=${dist} -D OUTPUT=${PROJECT_BINARY_DIR}/${dist}.tar.gz
    -P ${PROJECT_SOURCE_DIR}/cmake/Dist.cmake
  VERBATIM)
