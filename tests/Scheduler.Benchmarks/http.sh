#!/usr/bin/env bash
# POST /v1/sessions against a bare Kestrel endpoint and nginx, in turns on the same cores, so that a noisy machine is noisy for all.
# Needs wrk and nginx. Usage: tests/Scheduler.Benchmarks/http.sh [ROUNDS] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-5} seconds=${2:-5}
work=$(mktemp -d)
pids=()
end() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
for tool in wrk nginx curl dotnet; do command -v "$tool" >/dev/null || { echo "$tool is needed" >&2; exit 1; }; done

dotnet build -c Release src/Scheduler.Server --nologo -v q >/dev/null
dotnet build -c Release tests/Scheduler.Benchmarks --nologo -v q >/dev/null
ours=18080 bare=18081 nginx=18082
Scheduler__Demo=true Scheduler__Store="sqlite:$work/store.db" Scheduler__Sessions__Capacity=20000000 Scheduler__Http__Url="http://127.0.0.1:$ours" \
  dotnet src/Scheduler.Server/bin/Release/net10.0/Scheduler.Server.dll >"$work/ours.log" 2>&1 &
pids+=($!)
for _ in $(seq 100); do curl -sf "localhost:$ours/healthz/ready" >/dev/null && break; sleep 0.2; done
curl -sf -X POST "http://127.0.0.1:$ours/v1/sessions" -H 'Content-Type: application/json' \
  -d '{"stream":"live-1","client_ip":"81.2.69.142","protocol":"hls"}' >"$work/answer.json" || { cat "$work/ours.log" >&2; exit 1; }
bytes=$(wc -c <"$work/answer.json")
dotnet tests/Scheduler.Benchmarks/bin/Release/net10.0/Scheduler.Benchmarks.dll "$bare" "$bytes" >"$work/bare.log" 2>&1 &
pids+=($!)
answer=$(head -c "$bytes" /dev/zero | tr '\0' x)
cat >"$work/nginx.conf" <<CONF
worker_processes 2; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 100000000;
  client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work; uwsgi_temp_path $work; scgi_temp_path $work;
  server { listen 127.0.0.1:$nginx; location / { default_type application/json; return 200 "$answer"; } }
}
CONF
nginx -p "$work" -c "$work/nginx.conf" &
pids+=($!)
sleep 2

rate() { # port, seconds
  wrk -t1 -c64 -d"$2" --latency -s tests/Scheduler.Benchmarks/post.lua "http://127.0.0.1:$1" |
    awk '/99%/ { p99 = $2 } /Requests\/sec/ { rate = $2 } END { print rate, p99 }'
}
for port in $ours $bare $nginx; do rate "$port" 5 >/dev/null; done # the JIT's warm-up
echo "answers of $bytes bytes; requests a second (p99)"
printf '%-6s %22s %22s %22s %10s %10s\n' round scheduler 'bare Kestrel' nginx /bare /nginx
for round in $(seq "$rounds"); do
  read -r a ap < <(rate $ours "$seconds"); read -r b bp < <(rate $bare "$seconds"); read -r n np < <(rate $nginx "$seconds")
  printf '%-6s %22s %22s %22s %10.2f %10.2f\n' "$round" "$a ($ap)" "$b ($bp)" "$n ($np)" "$(awk "BEGIN { print $a / $b }")" "$(awk "BEGIN { print $a / $n }")"
done
