# What the benchmarks of servers share; they are run from the root of the repository, and have $seconds and $temporary.
#
# A server is alone on the first core, and the load on the second. wrk has 64 connections, if there is no other number in
# $CONNECTIONS.

server=

# start COMMAND...: on the first core; its address goes to $url.
start() {
  : >"$temporary/url"
  taskset -c 0 "$@" >"$temporary/url" 2>"$temporary/log" &
  server=$!
  until grep -q http "$temporary/url"; do
    kill -0 "$server" || { cat "$temporary/log" >&2; return 1; }
    sleep 0.02
  done
  url=$(grep -o 'http://[0-9.:]*' "$temporary/url" | head -1)
}

stop() {
  kill "$server"
  wait "$server" || true
  server=
}

# The memory of the server: VmRSS now, VmHWM at most.
memory() {
  awk -v name="$1:" '$1 == name { printf "%.1f MB", $2 / 1024 }' "/proc/$server/status"
}

# The processor time that the server has taken.
ticks() {
  awk '{ print $14 + $15 }' "/proc/$server/stat"
}

# load BODIES [SCRIPT]: requests a second by the clock, and by the processor time that the server took for them: where other
# programs run beside this one, the second is what the first would be on a core of its own. Then the median and the 99th
# percentile of the latency in microseconds.
load() {
  local before=$(ticks)
  BODIES=$1 taskset -c 1 wrk --threads 1 --connections "${CONNECTIONS:-64}" --duration "${seconds}s" --latency \
    --script "${2:-benches/bodies.lua}" "$url" |
    awk -v ticks="$(getconf CLK_TCK)" -v before="$before" -v after_command="awk '{ print \$14 + \$15 }' /proc/$server/stat" '
      function microseconds(time) { return time * (time ~ /us$/ ? 1 : time ~ /ms$/ ? 1000 : 1000000) }
      $1 == "50%" { median = microseconds($2) }
      $1 == "99%" { most = microseconds($2) }
      / requests in / { count = $1 }
      /Requests\/sec/ {
        after_command | getline after
        printf "%.0f %.0f %d %d\n", $2, count * ticks / (after - before), median, most
      }'
}

ratio() {
  awk "BEGIN { printf \"%.2f\", $1 / $2 }"
}

# first_answer COMMAND...: of a server that listens at port 4019, and its memory before and after it.
first_answer() {
  local begun=$(date +%s%N) line
  taskset -c 0 "$@" >/dev/null 2>&1 &
  server=$!
  # Opening a connection in the shell costs no process.
  until exec 3<>/dev/tcp/127.0.0.1/4019; do :; done 2>/dev/null
  printf 'GET /v1/groups/g/actions?actionType=job HTTP/1.1\r\nhost: localhost\r\naccessToken: t\r\nconnection: close\r\n\r\n' >&3
  read -r line <&3
  echo "start to first answer: $((($(date +%s%N) - begun) / 1000)) us (${line%$'\r'}), resident then $(memory VmRSS)"
  exec 3<&-
  stop
  taskset -c 0 "$@" >/dev/null 2>&1 &
  server=$!
  sleep 1
  echo "resident idle: $(memory VmRSS)"
  stop
}
