#!/usr/bin/env bash
# Renewals of steered sessions against nginx, which serves a file of the same size, in turns on the same cores, so that a noisy machine is noisy for both.
# Needs wrk, nginx and jq. Usage: tests/Scheduler.Benchmarks/steering.sh [ROUNDS] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-5} seconds=${2:-5} sessions=500
work=$(mktemp -d)
pids=()
end() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
for tool in wrk nginx curl jq dotnet; do command -v "$tool" >/dev/null || { echo "$tool is needed" >&2; exit 1; }; done

dotnet build -c Release src/Scheduler.Server --nologo -v q >/dev/null
ours=18083 nginx=18084
# Tokens that live longer than the run: it asks with the same ones again and again.
Scheduler__Demo=true Scheduler__Store="sqlite:$work/store.db" Scheduler__Sessions__SteeringTtlS=3600 Scheduler__Sessions__HeartbeatS=3600 Scheduler__Overload__TargetMs=0 \
  Scheduler__Http__Url="http://127.0.0.1:$ours" dotnet src/Scheduler.Server/bin/Release/net10.0/Scheduler.Server.dll >"$work/ours.log" 2>&1 &
pids+=($!)
for _ in $(seq 100); do curl -sf "localhost:$ours/healthz/ready" >/dev/null && break; sleep 0.2; done
jq -nc --argjson n "$sessions" '{requests: [range($n) | {stream: "live-\(. % 50)", client_ip: "81.2.69.\(. % 250)", protocol: "hls"}]}' |
  curl -sf "http://127.0.0.1:$ours/v1/sessions:batch" -H 'Content-Type: application/json' -d @- |
  jq -r '.answers[].steering_url | sub("^https?://[^/]+"; "") + "&pathways=ams,fra&_HLS_pathway=ams&_HLS_throughput=5140000"' >"$work/paths"
[[ $(wc -l <"$work/paths") == "$sessions" ]] || { cat "$work/ours.log" >&2; exit 1; }
curl -sf "http://127.0.0.1:$ours$(head -n 1 "$work/paths")" >"$work/manifest"
bytes=$(wc -c <"$work/manifest")
cat >"$work/nginx.conf" <<CONF
worker_processes 2; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 100000000; open_file_cache max=10;
  client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work; uwsgi_temp_path $work; scgi_temp_path $work;
  server { listen 127.0.0.1:$nginx; root $work; location / { default_type application/vnd.apple.steering-list; try_files /manifest =404; } }
}
CONF
chmod 711 "$work" && chmod 644 "$work/manifest"
nginx -p "$work" -c "$work/nginx.conf" &
pids+=($!)
cat >"$work/get.lua" <<'LUA'
local paths, at = {}, 0
for path in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = path end
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
LUA
sleep 2
curl -sf -o /dev/null "http://127.0.0.1:$nginx/" || { cat "$work/nginx.log" >&2; exit 1; }

rate() { # port, seconds
  PATHS="$work/paths" wrk -t1 -c64 -d"$2" --latency -s "$work/get.lua" "http://127.0.0.1:$1" |
    awk '/99%/ { p99 = $2 } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = " (errors!)" } END { print rate, p99 bad }'
}
for port in $ours $nginx; do rate "$port" 5 >/dev/null; done # the JIT's warm-up
echo "manifests of $bytes bytes; requests a second (p99)"
printf '%-6s %24s %24s %10s\n' round scheduler nginx /nginx
for round in $(seq "$rounds"); do
  read -r a ap < <(rate $ours "$seconds"); read -r n np < <(rate $nginx "$seconds")
  printf '%-6s %24s %24s %10s\n' "$round" "$a ($ap)" "$n ($np)" "$(awk "BEGIN { printf \"%.2f\", $a / $n }")"
done
