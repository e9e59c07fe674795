#!/usr/bin/env bash
# Retakes every picture of docs/screenshots, wide and narrow, from the demonstration: in French, the main pages in English too.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/Compagnon.EndToEnd.Tests --verbosity quiet
tests/Compagnon.EndToEnd.Tests/bin/Debug/net10.0/Compagnon.EndToEnd.Tests -noLogo -explicit only -class Compagnon.EndToEnd.Tests.Screenshots
