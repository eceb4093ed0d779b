-- New sessions: 4,096 viewers at random addresses on 20,000 streams; with the key in SCHEDULER_KEY, where one is set.
local requests, next = {}, 0
function init()
  math.randomseed(42)
  local headers = { ["Content-Type"] = "application/json", ["Host"] = "localhost" }
  local key = os.getenv("SCHEDULER_KEY")
  if key then headers["Authorization"] = "Bearer " .. key end
  for i = 1, 4096 do
    local address = string.format("%d.%d.%d.%d", math.random(1, 223), math.random(0, 255), math.random(0, 255), math.random(1, 254))
    local body = string.format('{"stream":"live-%d","client_ip":"%s","protocol":"hls"}', math.random(1, 20000), address)
    requests[i] = wrk.format("POST", "/v1/sessions", headers, body)
  end
end
function request()
  next = next % 4096 + 1
  return requests[next]
end
