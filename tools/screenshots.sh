#!/usr/bin/env bash
# Retakes every picture of docs/screenshots, wide and narrow, from the demonstration: in French, the main pages in English too.
# With names (tools/screenshots.sh journee jumelage-un), those alone. Ends with 1 where a page has no picture.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/Compagnon.EndToEnd.Tests --verbosity quiet
COMPAGNON_PICTURES="$*" tests/Compagnon.EndToEnd.Tests/bin/Debug/net10.0/Compagnon.EndToEnd.Tests -noLogo -explicit only -method Compagnon.EndToEnd.Tests.Screenshots.Retake
