#!/usr/bin/env bash
# A throwaway PostgreSQL. postgres.sh start [durable] prints its folder and its connection string; postgres.sh stop FOLDER ends and deletes it.
set -euo pipefail
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; } # the server refuses to run as root
bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
install() {
  [ -n "$(bin)" ] && return
  [ "$(id -u)" = 0 ] || { echo "PostgreSQL is missing: apt-get install postgresql" >&2; exit 1; }
  mkdir -p /etc/postgresql-common # or the package creates a cluster of its own
  echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
  apt-get update -q >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends postgresql >&2
}
start() {
  install
  local dir port options try
  dir=$(mktemp -d -t compagnon-pg.XXXXXX) # short: a socket path has at most 107 bytes
  [ "$(id -u)" = 0 ] && chown postgres: "$dir"
  cd "$dir" # initdb complains of a folder it can't enter
  as_postgres "$(bin)/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
  options="-c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir -c max_connections=200 -c shared_buffers=128MB"
  [ "${1:-}" = durable ] || options+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  for try in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000)) # below 32768, where the kernel picks outgoing ports
    if as_postgres "$(bin)/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 60 -o "$options -p $port" start >/dev/null 2>&1; then
      echo "$dir"
      echo "Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
      return
    fi
  done
  cat "$dir/server.log" >&2; rm -rf "$dir"; exit 1
}
stop() { as_postgres "$(bin)/pg_ctl" -D "$1/data" -m immediate -w stop >/dev/null; rm -rf "$1"; }
"$@"
