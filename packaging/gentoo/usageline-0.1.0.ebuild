# Copyright 2026 The usageline authors
# Distributed under the terms of the MIT License

EAPI=8

inherit cmake

DESCRIPTION="How much of your coding plan is used, in your Linux status bar"
HOMEPAGE="https://wiki.gentoo.org/wiki/No_homepage"
SRC_URI="${P}.tar.gz"

LICENSE="MIT"
SLOT="0"
KEYWORDS="~amd64 ~arm64"
IUSE="+browsers +keyring +leveldb +notifications +snappy"
REQUIRED_USE="keyring? ( browsers ) leveldb? ( browsers ) snappy? ( browsers )"
# The archive is one that you make; the tests want programs that Gentoo may not have.
RESTRICT="fetch test"

# GIO comes with dev-libs/glib.
DEPEND="
	>=dev-libs/glib-2.66:2
	>=dev-libs/yajl-2.1
	>=net-misc/curl-7.85
	browsers? (
		>=dev-db/sqlite-3.31:3
		>=dev-libs/openssl-1.1.1:=
	)
	keyring? ( >=app-crypt/libsecret-0.19 )
	leveldb? ( dev-libs/leveldb:= )
	snappy? ( app-arch/snappy:= )
"
RDEPEND="
	${DEPEND}
	app-misc/ca-certificates
"
BDEPEND="sys-devel/gettext virtual/pkgconfig"

pkg_nofetch() {
	einfo "Make ${P}.tar.gz by: cmake --build build --target dist"
	einfo "and put it into your DISTDIR."
}

src_configure() {
	local mycmakeargs=(
		-DBUILD_TESTING=OFF
		-DUSAGELINE_BROWSERS=$(usex browsers)
		-DUSAGELINE_KEYRING=$(usex keyring)
		-DUSAGELINE_LEVELDB=$(usex leveldb)
		-DUSAGELINE_SNAPPY=$(usex snappy)
		-DUSAGELINE_NOTIFICATIONS=$(usex notifications)
		-DUSAGELINE_STATIC=OFF
	)
	cmake_src_configure
}

pkg_postinst() {
	elog "usageline open needs x11-misc/xdg-utils; usageline details needs a notification server,"
	elog "such as x11-misc/dunst or gui-apps/mako."
}
