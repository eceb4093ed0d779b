#!/usr/bin/env bash
# gRPC: Assign against HTTP/JSON, both by h2load and in turns on the same cores; AssignBatch of 100; and 1,000 connections that report 10 nodes each
# once a second, with the processor and memory that the server takes for it, from /proc. Needs h2load (nghttp2-client), curl and Debian's python3.
# Usage: tests/Scheduler.Benchmarks/grpc.sh [ROUNDS] [SECONDS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-5} seconds=${2:-5} connections=${3:-1000}
work=$(mktemp -d)
server=
end() {
  [[ -z "$server" ]] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
for tool in h2load curl dotnet /usr/bin/python3; do command -v "$tool" >/dev/null || { echo "$tool is needed" >&2; exit 1; }; done

[[ -n "${SCHEDULER_BUILT:-}" ]] || dotnet build -c Release src/Scheduler.Server --nologo -v q >/dev/null
http=18080 grpc=18081
start() { # settings of the scheduler...
  Scheduler__Demo=true Scheduler__Store="sqlite:$work/store.db" Scheduler__Sessions__Capacity=20000000 Scheduler__Overload__TargetMs=0 \
    Scheduler__Http__Url="http://127.0.0.1:$http" Scheduler__Grpc__Url="http://127.0.0.1:$grpc" \
    dotnet src/Scheduler.Server/bin/Release/net10.0/Scheduler.Server.dll >"$work/server.log" 2>&1 &
  server=$!
  for _ in $(seq 300); do curl -sf "127.0.0.1:$http/healthz/ready" >/dev/null && return; sleep 0.2; done
  cat "$work/server.log" >&2
  return 1
}

/usr/bin/python3 - "$work" <<'PY'
import struct, sys
work = sys.argv[1]
field = lambda number, data: bytes([number << 3 | 2, len(data)]) + data if len(data) < 128 else None
request = field(1, b"live-1") + field(3, b"81.2.69.142") + b"\x20\x01"
frame = lambda message: b"\0" + struct.pack(">I", len(message)) + message
open(f"{work}/assign.bin", "wb").write(frame(request))
open(f"{work}/batch.bin", "wb").write(frame(field(1, request) * 100))
open(f"{work}/assign.json", "w").write('{"stream":"live-1","client_ip":"81.2.69.142","protocol":"hls"}')
PY

load() { # seconds, options of h2load...: requests a second that succeeded
  local for=$1 out
  shift
  out=$(h2load -t1 -c16 -D"$for" --warm-up-time=1 "$@")
  grep -q ' 0 failed, 0 errored, 0 timeout' <<<"$out" || { echo "$out" >&2; return 1; }
  sed -n 's/^finished in .*, \([0-9.]*\) req\/s.*/\1/p' <<<"$out"
}
grpc_call() { load "$1" -m"$2" -w30 -W30 -H 'content-type: application/grpc' -H 'te: trailers' -d "$work/$3.bin" "http://127.0.0.1:$grpc/scheduler.v1.Dispatch/$4"; }
json_call() { load "$1" --h1 -m1 -H 'content-type: application/json' -d "$work/assign.json" "http://127.0.0.1:$http/v1/sessions"; }

start
grpc_call 3 16 assign Assign >/dev/null; json_call 3 >/dev/null; grpc_call 3 4 batch AssignBatch >/dev/null # the JIT's warm-up
printf '%-6s %14s %16s %8s %26s\n' round 'Assign /s' 'HTTP/JSON /s' ratio 'AssignBatch of 100: sessions /s'
for round in $(seq "$rounds"); do
  a=$(grpc_call "$seconds" 16 assign Assign) j=$(json_call "$seconds") b=$(grpc_call "$seconds" 4 batch AssignBatch)
  printf '%-6s %14s %16s %8s %26s\n' "$round" "$a" "$j" "$(awk "BEGIN { printf \"%.2f\", $a / $j }")" "$(awk "BEGIN { printf \"%.0f\", $b * 100 }")"
done
kill "$server"; wait "$server" || true; server=; rm -f "$work"/store.db*

start
echo
echo "$connections connections, 10 nodes each, once a second:"
/usr/bin/python3 tests/Scheduler.Benchmarks/reporters.py 127.0.0.1 "$grpc" "$connections" 30 "$server"
