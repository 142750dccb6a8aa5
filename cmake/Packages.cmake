# The source archive (`cmake --build <build> --target dist`) and the Debian package (`cpack` in the
# build folder). packaging/README.md describes both, and those of other systems.
set(USAGELINE_PACKAGE_CONTACT "usageline developers" CACHE STRING
    "The maintainer of the packages that you build: Name <address>")

set(dist ${PROJECT_NAME}-${PROJECT_VERSION})
add_custom_target(dist
  COMMAND ${CMAKE_COMMAND} -D NAME=${dist} -D OUTPUT=${PROJECT_BINARY_DIR}/${dist}.tar.gz
    -P ${PROJECT_SOURCE_DIR}/cmake/Dist.cmake
  VERBATIM)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT ${USAGELINE_PACKAGE_CONTACT})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PROJECT_CONFIG_FILE ${PROJECT_SOURCE_DIR}/packaging/debian/begin.cmake)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/packaging/debian/finish.cmake)
set(CPACK_USAGELINE_SOURCE ${PROJECT_SOURCE_DIR})

# One package, because GIO comes with GLib and the provider links the libraries for browsers itself.
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "xdg-utils, dunst | notification-daemon")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "waybar | i3blocks | polybar")
set(CPACK_DEBIAN_PACKAGE_ENHANCES "waybar, i3blocks, polybar")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"usageline draws one line that tells how much of a Kimi Code plan is used and
when its limits reset, for Waybar, i3blocks and Polybar. It asks the service
with an API key, the token of Kimi's own client, or the session of a browser.
.
Other services can be added by programs that print JSON.")

include(CPack)
