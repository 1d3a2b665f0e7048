# Finds a Node that the command line runs on.
find_node() {
  [ -n "$node" ] || node=$(command -v node) || return 1
  is_outside "$node" &&
    [ "$(NODE_OPTIONS='' "$node" -p 'parseInt(process.versions.node) >= 20' 2>/dev/null)" = true ]
}
