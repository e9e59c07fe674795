#!/usr/bin/env bash
# The engine and its peers on the same instances in one run; writes the table of docs/engine.md and docs/engine-growth.svg.
# engine.sh [SEED] [quick|usual|full]: full adds LEMON on the million (3 minutes and 1.7 GB when nothing else runs),
# quick leaves out all above 10,000. DRY=1 prints the table and leaves docs alone. A busy machine spoils wall times: run it alone.
set -euo pipefail
cd "$(dirname "$0")/.."
seed=${1:-1} size=${2:-usual}
work=$(mktemp -d -t compagnon-engine.XXXXXX)
trap 'rm -rf "$work"' EXIT

need() {
  [ -e /usr/include/lemon/network_simplex.h ] && /usr/bin/python3 -c 'import scipy' 2>/dev/null && return
  [ "$(id -u)" = 0 ] || { echo "missing: apt-get install g++ liblemon-dev python3-scipy" >&2; exit 1; }
  apt-get update -q >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends g++ liblemon-dev python3-scipy >&2
}

need
dotnet publish bench/Compagnon.Benchmarks -c Release -r linux-x64 --self-contained false -v q -o "$work/engine" >&2
g++ -O3 -march=native -o "$work/lemon" bench/peers/lemon.cpp
engine="dotnet $work/engine/Compagnon.Benchmarks.dll match"

# instance solver matched total_fit wall cpu megabytes
row() {
  local name=$1 solver=$2 out; shift 2
  out=$("$@" 2>/dev/null | tail -1) || out="- - - - -"
  echo "$name $solver $out" | tee -a "$work/rows" >&2
}

# Five fresh processes, the one in the middle: each is over in a moment, and a neighbour's moment would be its figure.
middle() {
  for _ in 1 2 3 4 5; do "$@" 2>/dev/null | tail -1; done | sort -k3,3n | sed -n 3p
}

live="shortage/100000/20000/20 tight/100000/20000/20"

both() {
  local family=$1 patients=$2 companions=$3 edges=$4 peers=$5 name file
  name="$family/$patients/$companions/$edges" file="$work/instance"
  $engine generate "$family" "$patients" "$companions" "$edges" "$seed" "$file" >&2
  for peer in $peers; do
    case $peer in
      ns | cs) row "$name" "$peer" timeout 3600 "$work/lemon" "$peer" "$file" ;;
      *) row "$name" "$peer" timeout 3600 /usr/bin/python3 bench/peers/scipy_peers.py "$peer" "$file" ;;
    esac
  done
  row "$name" engine middle $engine solve "$file" --threads 1 --tsv
  row "$name" engine-both-cores middle $engine solve "$file" --threads 2 --tsv
  case " $live " in *" $name "*) $engine live "$file" | sed "s/^/$family /" | tee -a "$work/live" >&2 ;; esac
}

both shortage 1000 200 20 "ns cs lapjvsp highs"
both shortage 10000 2000 20 "ns cs lapjvsp highs"
if [ "$size" != quick ]; then
  both shortage 30000 6000 20 "ns"
  both shortage 100000 20000 20 "ns cs"
  both shortage 100000 20000 87 ns
  for family in tight ample popular ties oneregion linked random; do both "$family" 100000 20000 20 ns; done
  both shortage 300000 60000 20 ""
  both shortage 1000000 200000 20 "$([ "$size" = full ] && echo ns || true)"
fi
if [ "${DRY:-}" ]; then
  cp docs/engine.md docs/engine-growth.svg "$work"
  /usr/bin/python3 bench/peers/table.py "$work/rows" "$work/engine.md" "$work/engine-growth.svg"
  sed -n '/<!-- table -->/,/<!-- end of table -->/p' "$work/engine.md"
else
  /usr/bin/python3 bench/peers/table.py "$work/rows" docs/engine.md docs/engine-growth.svg
fi
