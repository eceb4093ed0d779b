#!/usr/bin/env bash
# POST /v1/sessions at one replica and at two of one store, in turns on the same cores: what they answer a second together.
# Needs wrk and PostgreSQL's programs. Usage: tests/Scheduler.Benchmarks/replicas.sh [ROUNDS] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-3} seconds=${2:-5}
work=$(mktemp -d)
chmod 755 "$work" # PostgreSQL runs as another user where this one is root
cluster=
end() {
  if [[ -n "$cluster" ]]; then kill "$cluster" 2>/dev/null || true; wait "$cluster" 2>/dev/null || true; fi
  cluster=
}
trap 'end; rm -rf "$work"' EXIT
for tool in wrk curl jq dotnet; do command -v "$tool" >/dev/null || { echo "$tool is needed" >&2; exit 1; }; done
dotnet build -c Release src/Scheduler.Server --nologo -v q >/dev/null
dotnet build -c Release src/Scheduler.Cli --nologo -v q >/dev/null
first=18090

start() { # replicas
  dotnet src/Scheduler.Cli/bin/Release/net10.0/scheduler.dll cluster --replicas "$1" --port "$first" --viewers 20 --directory "$work/$1" >"$work/cluster.log" 2>&1 &
  cluster=$!
  for _ in $(seq 300); do [[ -s "$work/$1/admin.key" ]] && break; sleep 0.1; done
  SCHEDULER_KEY=$(cat "$work/$1/admin.key")
  export SCHEDULER_KEY
  local port
  for port in $(seq "$first" $((first + $1 - 1))); do
    for _ in $(seq 300); do
      curl -sf -o /dev/null -H "Authorization: Bearer $SCHEDULER_KEY" "127.0.0.1:$port/v1/dispatch?stream=live-1&client_ip=81.2.69.142" && break
      sleep 0.2
    done
  done
  sleep 15 # every node has leased what it will lease
}

rate() { # port, connections, seconds
  wrk -t1 -c"$2" -d"$3" -s tests/Scheduler.Benchmarks/post.lua "http://127.0.0.1:$1" >"$work/wrk.$1" && awk '/Requests\/sec/ { print $2 } /Non-2xx/ { print "refused: " $0 > "/dev/stderr" }' "$work/wrk.$1"
}

both() { # seconds
  rate "$first" 32 "$1" >"$work/a" & local a=$!
  rate $((first + 1)) 32 "$1" >"$work/b" && wait "$a"
  awk '{ sum += $1 } END { print sum }' "$work/a" "$work/b"
}

printf '%-6s %14s %14s %8s\n' round 'one replica' 'two replicas' ratio
for round in $(seq "$rounds"); do
  start 1; rate "$first" 64 5 >/dev/null; one=$(rate "$first" 64 "$seconds"); end
  start 2; both 5 >/dev/null; two=$(both "$seconds"); end
  printf '%-6s %14s %14s %8.2f\n' "$round" "$one" "$two" "$(awk "BEGIN { print $two / $one }")"
done
