#!/usr/bin/env bash
# Lighthouse on the main pages of each role, over a published program: performance 95, accessibility 100, best practices 100, or it ends with 1.
# Needs Node 20, npm and Chromium; Lighthouse itself is fetched once into the temporary folder. The table goes to the output: docs/quality.md keeps it.
set -euo pipefail
cd "$(dirname "$0")/.."
work=${COMPAGNON_LIGHTHOUSE:-${TMPDIR:-/tmp}/compagnon-lighthouse}
mkdir -p "$work"
[ -d "$work/node_modules/lighthouse" ] || npm install --prefix "$work" --no-audit --no-fund --silent lighthouse@12
rm -rf "$work/program" "$work/demo.db"*
dotnet publish src/Compagnon.Web -c Release -o "$work/program" --verbosity quiet
port=$((20000 + RANDOM % 12000))
"$work/program/Compagnon.Web" demo --database "Data Source=$work/demo.db" --urls "http://localhost:$port" >"$work/log" 2>&1 &
trap 'kill $!' EXIT
for _ in $(seq 120); do curl -fs "http://localhost:$port/sante" >/dev/null && break; sleep 1; done
node tools/lighthouse.mjs "$work/node_modules" "http://localhost:$port" "${CHROMIUM:-$(command -v chromium-headless-shell chromium | head -1)}"
