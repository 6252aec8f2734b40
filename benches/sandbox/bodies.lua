-- Posts the bodies of the files named by BODIES, one after the other.
local requests = {}
local next_one = 0

function init()
  local headers = { ["content-type"] = "application/json", ["accessToken"] = "bench" }
  for path in os.getenv("BODIES"):gmatch("%S+") do
    local file = assert(io.open(path, "rb"))
    requests[#requests + 1] = wrk.format("POST", "/v1/groups/bench/actions", headers, file:read("a"))
    file:close()
  end
end

function request()
  next_one = next_one % #requests + 1
  return requests[next_one]
end
