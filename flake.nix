# It lies at the top, for that is where `nix run` and `nix build` of a repository look, and a flake
# sees no file above its own folder. packaging/nix/package.nix is what it builds.
{
  description = "How much of your coding plan is used, in your Linux status bar";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" ];
      each = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
    in
    {
      packages = each (pkgs: rec {
        usageline = pkgs.callPackage ./packaging/nix/package.nix { };
        default = usageline;
      });
      overlays.default = final: prev: {
        usageline = final.callPackage ./packaging/nix/package.nix { };
      };
    };
}
