#!/usr/bin/env bash
# Kills the program under writes, so many times on each database (tools/crash.sh 50; 10 without a number), and looks for every acknowledged referral, once.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/Compagnon.EndToEnd.Tests --verbosity quiet
COMPAGNON_CRASHES=${1:-10} tests/Compagnon.EndToEnd.Tests/bin/Debug/net10.0/Compagnon.EndToEnd.Tests -noLogo -class '*CrashTests'
