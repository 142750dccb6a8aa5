# `usageline` runs again for each line of a bar, and each shared library costs it ten system calls
# before main: GLib and yajl are linked into it where there are archives of them. It reads nothing
# but the user's own files; the plug-ins, which read what the network sends, keep to the shared ones.
#
# A target with the property USAGELINE_STATIC links the archives, all others the shared libraries.
add_library(usageline-libraries INTERFACE)
set(USAGELINE_ARCHIVES "")

if(USAGELINE_STATIC AND NOT USAGELINE_SANITIZE)
  find_library(GLIB_ARCHIVE NAMES libglib-2.0.a HINTS ${GLIB_LIBRARY_DIRS} ${GLIB_LIBDIR})
  find_library(PCRE_ARCHIVE NAMES libpcre2-8.a HINTS ${GLIB_LIBRARY_DIRS} ${GLIB_LIBDIR})
  find_library(YAJL_ARCHIVE NAMES libyajl_s.a HINTS ${YAJL_LIBRARY_DIRS} ${YAJL_LIBDIR})
  mark_as_advanced(GLIB_ARCHIVE PCRE_ARCHIVE YAJL_ARCHIVE)
  if(GLIB_ARCHIVE AND PCRE_ARCHIVE AND YAJL_ARCHIVE)
    include(CheckCSourceCompiles)
    set(CMAKE_REQUIRED_INCLUDES ${GLIB_INCLUDE_DIRS} ${YAJL_INCLUDE_DIRS})
    set(CMAKE_REQUIRED_LIBRARIES
      ${GLIB_ARCHIVE} ${PCRE_ARCHIVE} ${YAJL_ARCHIVE} ${CMAKE_THREAD_LIBS_INIT} m)
    check_c_source_compiles("#include <glib.h>
      #include <yajl/yajl_parse.h>
      int main(void)
      {
          yajl_handle yajl = yajl_alloc(0, 0, 0);
          g_print(\"%s\", g_get_tmp_dir());
          return yajl == 0;
      }" USAGELINE_ARCHIVES_LINK)
    if(USAGELINE_ARCHIVES_LINK)
      set(USAGELINE_ARCHIVES ${CMAKE_REQUIRED_LIBRARIES})
    endif()
    unset(CMAKE_REQUIRED_INCLUDES)
    unset(CMAKE_REQUIRED_LIBRARIES)
  endif()
  if(NOT USAGELINE_ARCHIVES)
    message(STATUS "Static GLib and yajl: not found; usageline starts a little slower")
  endif()
endif()

set(is_static $<BOOL:$<TARGET_PROPERTY:USAGELINE_STATIC>>)
target_include_directories(usageline-libraries SYSTEM INTERFACE
  ${GLIB_INCLUDE_DIRS} ${YAJL_INCLUDE_DIRS})
target_link_libraries(usageline-libraries INTERFACE
  "$<${is_static}:${USAGELINE_ARCHIVES}>"
  "$<$<NOT:${is_static}>:PkgConfig::GLIB;PkgConfig::YAJL>" m)
