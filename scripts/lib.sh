# Shared by the scripts: where tools are built and kept.
# shellcheck shell=bash
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=${HUIGUAN_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/huiguan-tools}

# tool NAME PACKAGE: builds a tool pinned in tools/go.mod once for each state of
# that file, and prints where it is.
tool() {
  local key out
  key=$(cat "$root/tools/go.mod" "$root/tools/go.sum" | sha256sum | cut -c1-12)
  out=$tools/$key/$1
  if [ ! -x "$out" ]; then
    echo "building $1 (once for each tools/go.mod)…" >&2
    mkdir -p "$tools/$key"
    (cd "$root/tools" && go build -o "$out.part" "$2" && mv "$out.part" "$out")
  fi
  echo "$out"
}
