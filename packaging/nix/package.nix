# For callPackage; a part is left out by, for example,
# usageline.override { withKeyring = false; }
{ lib
, stdenv
, cmake
, pkg-config
, glib
, yajl
, curl
, sqlite
, openssl
, libsecret
, leveldb
, snappy
, withBrowsers ? true
, withKeyring ? true
, withLeveldb ? true
, withSnappy ? true
, withNotifications ? true
}:

stdenv.mkDerivation {
  pname = "usageline";
  version = "0.1.0";
  src = lib.cleanSource ../..;

  nativeBuildInputs = [ cmake pkg-config ];
  # GIO comes with glib.
  buildInputs = [ glib yajl curl ]
    ++ lib.optionals withBrowsers [ sqlite openssl ]
    ++ lib.optional (withBrowsers && withKeyring) libsecret
    ++ lib.optional (withBrowsers && withLeveldb) leveldb
    ++ lib.optional (withBrowsers && withSnappy) snappy;

  cmakeFlags = [
    "-DBUILD_TESTING=OFF"
    "-DUSAGELINE_BROWSERS=${if withBrowsers then "ON" else "OFF"}"
    "-DUSAGELINE_KEYRING=${if withKeyring then "ON" else "OFF"}"
    "-DUSAGELINE_LEVELDB=${if withLeveldb then "ON" else "OFF"}"
    "-DUSAGELINE_SNAPPY=${if withSnappy then "ON" else "OFF"}"
    "-DUSAGELINE_NOTIFICATIONS=${if withNotifications then "ON" else "OFF"}"
    "-DUSAGELINE_STATIC=OFF"
  ];

  meta = {
    description = "How much of your coding plan is used, in your Linux status bar";
    license = lib.licenses.mit;
    platforms = lib.platforms.linux;
    mainProgram = "usageline";
  };
}
