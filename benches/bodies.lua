-- Posts the lines of the file named by BODIES, one after the other. From the second round on each ends in another number of
-- spaces than before, which means the same, so that no body is posted twice.
local headers = { ["content-type"] = "application/json", ["accessToken"] = "bench" }
local bodies = {}
local requests = {}
local next_one = 0
local round = 0

local function post(body)
  return wrk.format("POST", "/v1/groups/bench/actions", headers, body)
end

function init()
  for line in io.lines(os.getenv("BODIES")) do
    bodies[#bodies + 1] = line
    requests[#requests + 1] = post(line)
  end
end

function request()
  next_one = next_one + 1
  if next_one > #bodies then
    next_one = 1
    round = round + 1
  end
  if round == 0 then
    return requests[next_one]
  end
  return post(bodies[next_one] .. (" "):rep(round))
end
