#!/usr/bin/env bash
# Steered names against gdnsd and PowerDNS's geoip backend, in turns on the same cores, so that a noisy machine is noisy for all: dnsperf asks each with 100,000
# different client subnets, one UDP thread each, a map of about 65,000 networks and a weighted choice each. Prints questions a second, the ratios, and our latency at half our load.
# Needs dnsperf, gdnsd, pdns_server with its geoip backend, python3, curl. Usage: tests/Scheduler.Benchmarks/dns.sh [ROUNDS] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
PATH=$PATH:/usr/sbin
rounds=${1:-3} seconds=${2:-5}
work=$(mktemp -d)
pids=()
end() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
for tool in dnsperf gdnsd pdns_server python3 curl dotnet; do command -v "$tool" >/dev/null || { echo "$tool is needed" >&2; exit 1; }; done
http=18090 ours=15353 gdnsd=15354 pdns=15355
mkdir -p "$work"/gdnsd/{config/zones,config/geoip,run,state} "$work/pdns"

python3 - "$work" "$gdnsd" "$pdns" <<'PY'
import random, struct, sys
work, gdnsd, pdns = sys.argv[1:]
random.seed(1)
name = b"".join(bytes([len(l)]) + l.encode() for l in "play.live.example.com".split(".")) + b"\0"
with open(f"{work}/queries", "wb") as out:
    seen = set()
    while len(seen) < 100_000:
        net = random.randrange(1 << 24, 224 << 24) >> 8
        if net in seen or net >> 16 in (10, 127): continue
        seen.add(net)
        ecs = struct.pack(">HHHBB", 8, 7, 1, 24, 0) + struct.pack(">I", net << 8)[:3]
        message = struct.pack(">HHHHHH", len(seen) & 0xFFFF, 0, 1, 0, 0, 1) + name + struct.pack(">HH", 1, 1) + b"\0" + struct.pack(">HHIH", 41, 1232, 0, len(ecs)) + ecs
        out.write(struct.pack(">H", len(message)) + message)
sites = [f"s{i:03}" for i in range(169)]
nets = [(a, b, random.sample(sites, 3)) for a in range(1, 224) if a not in (10, 127) for b in range(256)]
nodes = lambda s: "{ " + ", ".join(f"n{n} => [ 198.18.{sites.index(s)}.{n}, 10 ]" for n in range(1, 7)) + " }"
open(f"{work}/gdnsd/config/config", "w").write(f"""
options => {{ listen => 127.0.0.1:{gdnsd}, udp_threads => 1, tcp_threads => 1, run_dir => {work}/gdnsd/run, state_dir => {work}/gdnsd/state }}
plugins => {{ geoip => {{
  maps => {{ world => {{ datacenters => [ {", ".join(sites)} ], nets => nets }} }},
  resources => {{ play => {{ map => world, plugin => weighted, service_types => up, dcmap => {{ {", ".join(f"{s} => {nodes(s)}" for s in sites)} }} }} }}
}} }}
""")
open(f"{work}/gdnsd/config/geoip/nets", "w").write("\n".join(f"{a}.{b}.0.0/16 => [ {', '.join(d)} ]" for a, b, d in nets))
open(f"{work}/gdnsd/config/zones/live.example.com", "w").write("@ SOA ns1 hostmaster 1 7200 1800 86400 30\n@ NS ns1\nns1 A 192.0.2.53\nplay 60 DYNA geoip!play\n")
with open(f"{work}/pdns/geo.yaml", "w") as out:
    out.write("domains:\n- domain: live.example.com\n  ttl: 60\n  records:\n    live.example.com:\n    - soa: ns1.live.example.com hostmaster.live.example.com 1 7200 1800 86400 30\n    - ns: ns1.live.example.com\n    ns1.live.example.com:\n    - a: 192.0.2.53\n")
    for i, s in enumerate(sites):
        out.write(f"    {s}.live.example.com:\n" + "".join(f"    - a: {{content: 198.18.{i}.{n}, weight: 10}}\n" for n in range(1, 7)))
    out.write("  services:\n    play.live.example.com:\n      default: s000.live.example.com\n" + "".join(f"      {a}.{b}.0.0/16: {d[0]}.live.example.com\n" for a, b, d in nets))
open(f"{work}/pdns/pdns.conf", "w").write(f"""launch=geoip
geoip-zones-file={work}/pdns/geo.yaml
geoip-database-files=
edns-subnet-processing=yes
cache-ttl=0
query-cache-ttl=0
negquery-cache-ttl=0
receiver-threads=1
distributor-threads=1
local-address=127.0.0.1
local-port={pdns}
socket-dir={work}/pdns
setuid=
setgid=
""")
PY

dotnet build -c Release src/Scheduler.Server --nologo -v q >/dev/null
Scheduler__Demo=true Scheduler__Store="sqlite:$work/store.db" Scheduler__Http__Url="http://127.0.0.1:$http" Scheduler__Cluster__StateDirectory="$work" Scheduler__Dns__Listen="127.0.0.1:$ours" Scheduler__Dns__ResponsesPerS=0 \
  dotnet src/Scheduler.Server/bin/Release/net10.0/Scheduler.Server.dll >"$work/ours.log" 2>&1 &
pids+=($!)
gdnsd -c "$work/gdnsd/config" start >"$work/gdnsd.log" 2>&1 &
pids+=($!)
pdns_server --config-dir="$work/pdns" --daemon=no --guardian=no --disable-syslog --write-pid=no >"$work/pdns.log" 2>&1 &
pids+=($!)
for _ in $(seq 150); do curl -sf "localhost:$http/healthz/ready" >/dev/null && break; sleep 0.2; done
curl -sf -X PUT "http://127.0.0.1:$http/v1/admin/zones" -H 'If-Match: *' -H 'Content-Type: application/json' -d '{"zones":[{"origin":"live.example.com",
  "name_servers":["ns1"],"hostmaster":"h@example.com","client_subnet":true,"records":[{"name":"ns1","type":"A","data":"192.0.2.53"}],"steered":[{"name":"play"}]}]}' >/dev/null \
  || { cat "$work/ours.log" >&2; exit 1; }

# Questions answered a second: dnsperf PORT [more options].
ask() { dnsperf -B -d "$work/queries" -s 127.0.0.1 -p "$1" -T 1 -c 1 -q 200 -l "$seconds" "${@:2}" 2>&1; }
rate() { awk '/Queries per second/ { print $4 }'; }
for port in "$ours" "$gdnsd" "$pdns"; do
  # The others take some seconds to read their maps.
  for attempt in $(seq 15); do ask "$port" -l 2 | grep -q 'NOERROR [1-9]' && break; done
  ((attempt < 15)) || { echo "nothing answers on port $port" >&2; tail -n 5 "$work"/*.log >&2; exit 1; }
done
for round in $(seq "$rounds"); do
  for server in ours gdnsd pdns; do echo "$server $(ask "${!server}" | rate)"; done | tee -a "$work/rates"
done
awk '
  { rates[$1] = rates[$1] " " $2; n[$1]++; value[$1, n[$1]] = $2 }
  function median(s,  i, j, t, a) { for (i = 1; i <= n[s]; i++) a[i] = value[s, i] + 0; for (i = 1; i < n[s]; i++) for (j = i + 1; j <= n[s]; j++) if (a[j] < a[i]) { t = a[i]; a[i] = a[j]; a[j] = t } return a[int((n[s] + 1) / 2)] }
  END { printf "ours %.0f/s, gdnsd %.0f/s (%.2f), PowerDNS geoip %.0f/s (%.2f)\n", median("ours"), median("gdnsd"), median("ours") / median("gdnsd"), median("pdns"), median("ours") / median("pdns"); printf "%.0f\n", median("ours") / 2 > "'"$work"'/half" }' "$work/rates"
ask "$ours" -Q "$(cat "$work/half")" -O latency-histogram 2>&1 | grep -E 'Average Latency|Latency StdDev|Queries lost' || true
