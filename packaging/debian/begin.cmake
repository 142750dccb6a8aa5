# Read by cpack before it does anything: all that it writes bears the time of the sources.
include(${CPACK_USAGELINE_SOURCE}/cmake/SourceDate.cmake)
usageline_source_date(date ${CPACK_USAGELINE_SOURCE})
set(ENV{SOURCE_DATE_EPOCH} ${date})
