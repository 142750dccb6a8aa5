# Read by cpack when all is installed and nothing is packed: what Debian's policy wants beside it.
cmake_policy(VERSION 3.20)
if(NOT CPACK_GENERATOR STREQUAL DEB)
  return()
endif()
set(share ${CPACK_TEMPORARY_DIRECTORY}${CPACK_PACKAGING_INSTALL_PREFIX}/share)
set(doc ${share}/doc/usageline)

# Debian's zsh looks for completions of packages in a folder of its own.
file(MAKE_DIRECTORY ${share}/zsh/vendor-completions)
file(RENAME ${share}/zsh/site-functions/_usageline ${share}/zsh/vendor-completions/_usageline)
file(REMOVE_RECURSE ${share}/zsh/site-functions)

file(READ ${CPACK_USAGELINE_SOURCE}/LICENSE license)
string(REGEX MATCH "Copyright \\(c\\) ([^\n]+)\n\n(.*)" license "${license}")
set(holders ${CMAKE_MATCH_1})
string(STRIP "${CMAKE_MATCH_2}" terms)
string(REGEX REPLACE "\n\n" "\n.\n" terms "${terms}")
string(REGEX REPLACE "\n" "\n " terms "${terms}")
file(WRITE ${doc}/copyright
"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: usageline

Files: *
Copyright: ${holders}
License: Expat
 ${terms}
")

# Without an address a package is good for those who make it, but can't be published.
set(contact ${CPACK_PACKAGE_CONTACT})
set(overrides "usageline: initial-upload-closes-no-bugs *\n")
if(NOT contact MATCHES "<.+@.+>$")
  string(APPEND contact " <>")
  string(APPEND overrides "usageline: malformed-contact *\n")
  string(APPEND overrides "usageline: bogus-mail-host-in-debian-changelog *\n")
endif()
file(WRITE ${share}/lintian/overrides/usageline "${overrides}")

# %a and %b are always English here, as the form of the changelog wants them.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${doc}/changelog.Debian
"usageline (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * Version ${CPACK_PACKAGE_VERSION}; changelog.gz tells what is new.

 -- ${contact}  ${date}
")
configure_file(${CPACK_USAGELINE_SOURCE}/CHANGELOG.md ${doc}/changelog COPYONLY)

file(GLOB pages ${share}/man/man*/* ${share}/man/*/man*/*)
execute_process(COMMAND gzip -9 --no-name ${doc}/changelog ${doc}/changelog.Debian ${pages}
  COMMAND_ERROR_IS_FATAL ANY)

# Whatever the umask is.
file(GLOB_RECURSE made ${doc}/changelog* ${doc}/copyright ${share}/lintian/*)
file(CHMOD ${made} PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
file(CHMOD_RECURSE ${CPACK_TEMPORARY_DIRECTORY} DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
