#include surroundings.sh
#include node.sh
#include take.sh
find_node || node=
if [ -n "$node" ] && [ -n "$cli" ] && is_outside "$cli" && [ -f "$cli" ]; then "$node" "$cli" cleanup || :; fi
for copy in "$copies".*; do
  # Folders that somebody else planted, and links, are not ours to run or to remove.
  [ -n "$(find "$copy" -prune -type d -user "$(id -u)" 2>/dev/null)" ] || continue
  if [ -z "$node" ]; then say 'warning: no Node to clean up with: tokens end by themselves, files with this container.'
  elif [ -f "$copy/SHA256SUMS" ] && take "$copy" ''; then "$node" "$copy/cli/index.js" cleanup || :; fi
  rm -rf "$copy"
done
