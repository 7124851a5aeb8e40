# shellcheck shell=bash
# Sourced by the scripts beside this folder that build a program from source and keep it in the
# cache, by version. Such a script says
#
#   name, product, version    as told: "kubernetes", "Kubernetes", "1.36.3"
#   effort                    what a build costs: "twenty CPU minutes"
#   tools, disk_gb            what it needs: (go flock), 7
#   programs                  what it leaves in $home
#   folders                   the same of folders (may be empty)
#   answer                    what is printed for the caller (under $home, or $home itself)
#   compile                   a function that leaves programs and folders in $work; runs there, may
#                             use step "what it does now"
#
# and ends with: build_or_find "$@"
set -euo pipefail

cache=${PRESCALE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/prescale}/servers
[[ $cache == /* ]] || cache=$PWD/$cache

say() { echo "$name: $*" >&2; }
die() { say "$1"; exit "${2:-1}"; }
step() { echo "$*" >"$work/step"; echo "== $(date -u +%H:%M:%S) $*"; }

found() {
  local part
  for part in "${programs[@]}"; do [[ -x $home/$part ]] || return 1; done
  for part in "${folders[@]}"; do [[ -d $home/$part ]] || return 1; done
}

clean_up() {
  # The build is a process group of its own: the compilers it started end with it.
  if [[ -n $build_pid ]]; then kill -- "-$build_pid" 2>/dev/null || true; wait "$build_pid" 2>/dev/null || true; fi
  rm -rf "$work"
}

# go_module_dir MODULE@VERSION: fetches it and prints its folder.
go_module_dir() { go mod download -json "$1" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p'; }

# Go's caches inside the work folder, to go with it.
go_in_work() {
  export GOPATH=$work/go GOCACHE=$work/go-build TMPDIR=$work
  # A read-only module cache could not be removed afterwards.
  export GOFLAGS="-modcacherw -buildvcs=false ${1-}"
}

build_or_find() {
  local build=no
  case "$#:${1-}" in
    0:) ;;
    1:--build) build=yes ;;
    *) die "usage: $name [--build]" 2 ;;
  esac
  if ! found; then
    [[ $build == yes ]] || die "$product $version is not in $home; e2e/servers/$name --build builds it" 3
    build_once
  fi
  echo "$answer"
}

build_once() {
  local tool
  for tool in "${tools[@]}" flock; do
    command -v "$tool" >/dev/null || die "cannot build $product $version: $tool is not on the PATH"
  done
  mkdir -p "$home" || die "cannot build $product $version: $home cannot be made"
  local free_kb
  free_kb=$(df -Pk "$home" | awk 'NR == 2 { print $4 }')
  ((free_kb > disk_gb * 1000000)) || die "cannot build $product $version: less than $disk_gb GB free at $home"

  # One build at a time. Who waited finds the work done.
  exec 9>"$home/lock"
  if ! flock -n 9; then
    say "another run is building $product $version; waiting for it"
    flock -w 3600 9 || die "gave up waiting for the other build of $product $version"
  fi
  if found; then return; fi

  # The lock is ours, so whatever an interrupted build left behind is rubbish.
  rm -rf "$home"/build.*
  work=$(mktemp -d "$home/build.XXXXXX")
  build_pid=
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  run_build
  # A rename is atomic: who looks meanwhile sees whole programs or none. Programs come last.
  local part
  for part in "${folders[@]}"; do rm -rf "${home:?}/$part"; done
  for part in "${folders[@]}" "${programs[@]}"; do mv "$work/$part" "$home/$part"; done
}

run_build() {
  local log=$home-build.log began=$SECONDS next=30 status=0
  say "building $product $version from source, about $effort; log: $log"
  set -m
  # "9>&-": an orphan of a killed run must not hold the lock. In the background "set -e" holds
  # inside the function too, which it would not in a condition.
  (cd "$work" && compile) >"$log" 2>&1 </dev/null 9>&- &
  build_pid=$!
  set +m
  while kill -0 "$build_pid" 2>/dev/null; do
    sleep 2
    if ((SECONDS - began >= next)); then
      say "$(cat "$work/step" 2>/dev/null || echo starting), $((SECONDS - began)) s"
      next=$((next + 60))
    fi
  done
  wait "$build_pid" || status=$?
  build_pid=
  if ((status != 0)); then
    tail -n 15 "$log" | sed 's/^/  /' >&2
    die "the build of $product $version failed (exit $status) while $(cat "$work/step" 2>/dev/null || echo starting); whole log: $log"
  fi
  say "built $product $version in $((SECONDS - began)) s"
}
