#!/bin/sh
# The first screen of a page as a picture for the README: scripts/picture.sh PAGE.html PICTURE.png [HEIGHT]
# A window 840 wide and HEIGHT (1500) high, drawn at six sevenths: 720 across, as all pictures in docs/pictures.
# Needs Chromium.
set -eu
page=$(realpath "$1")
picture=$(realpath -m "$2")
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    echo "Chromium is not installed: apt-get install chromium" >&2
    exit 1
}
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
"$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile" \
    --force-device-scale-factor=0.857142857 --window-size="840,${3:-1500}" --screenshot="$picture" "file://$page" 2>/dev/null
echo "$picture"
