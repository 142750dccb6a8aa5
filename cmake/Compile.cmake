# How every target is compiled: all of them link `usageline-compile`.
add_library(usageline-compile INTERFACE)
configure_file(common/base/build.h.in generated/common/base/build.h @ONLY)
target_include_directories(usageline-compile INTERFACE
  ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_features(usageline-compile INTERFACE c_std_11)
target_compile_definitions(usageline-compile INTERFACE
  _GNU_SOURCE
  G_LOG_DOMAIN="usageline"
  GLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_66
  GLIB_VERSION_MAX_ALLOWED=GLIB_VERSION_2_66)
target_compile_options(usageline-compile INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes
  -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wundef -Wvla -Wformat=2
  -Wno-format-nonliteral -Wno-missing-field-initializers -Wcast-qual
  $<$<BOOL:${USAGELINE_WERROR}>:-Werror>)

# Keeps the build machine's folders out of the binaries.
target_compile_options(usageline-compile INTERFACE -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=)

if(USAGELINE_SANITIZE)
  target_compile_options(usageline-compile INTERFACE
    -fsanitize=${USAGELINE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(usageline-compile INTERFACE -fsanitize=${USAGELINE_SANITIZE})
endif()

if(USAGELINE_COVERAGE)
  target_compile_options(usageline-compile INTERFACE --coverage)
  target_link_options(usageline-compile INTERFACE --coverage)
endif()

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(USAGELINE_HARDENING)
  include(CheckPIESupported)
  check_pie_supported(LANGUAGES C)
  target_compile_options(usageline-compile INTERFACE
    -fstack-protector-strong -fstack-clash-protection)
  target_link_options(usageline-compile INTERFACE LINKER:-z,relro,-z,now)
  if(NOT USAGELINE_SANITIZE)
    target_compile_options(usageline-compile INTERFACE
      $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE> $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
  endif()
endif()
target_link_options(usageline-compile INTERFACE LINKER:--as-needed)
