#!/bin/sh
# Makes wwwroot/govuk-frontend.min.css out of the published package govuk-frontend 6.6.0 (MIT, licence beside it); needs npm and perl, running Compagnon does not.
#   1. removes the @font-face rules of GDS Transport, which only gov.uk may use, and puts the system's fonts in its place;
#   2. removes every reference to the crest and to the source map: nothing is ever requested from /assets;
#   3. keeps only the components named in trim.mjs.
# Every other difference of looks lives in the other style sheets of this folder, which the build binds into wwwroot/compagnon.css.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent govuk-frontend@6.6.0 >/dev/null
tar xzf govuk-frontend-6.6.0.tgz
perl -0pe '
  s~\n?/\*! Copyright \(c\) 2011 by Margaret Calvert.*?\*/~~s;
  s~\@font-face\{font-family:GDS Transport;[^}]*\}~~g;
  s~GDS Transport,arial,sans-serif~-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif~g;
  s~url\(/assets/images/govuk-crest\.svg\)~none~g;
  s~\n?/\*# sourceMappingURL=.*?\*/~~;
' package/dist/govuk/govuk-frontend.min.css | node "$here/trim.mjs" > "$here/../wwwroot/govuk-frontend.min.css"
! grep -q -e 'GDS Transport' -e '@font-face' -e '/assets/' "$here/../wwwroot/govuk-frontend.min.css"
