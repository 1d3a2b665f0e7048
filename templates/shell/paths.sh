# Names of variables in the setting manifest-file stand for their values, the paths of variables of type File.
expand_paths() {
  case "$manifest_file" in
    (*\$*) ;;
    (*) return ;;
  esac
  others=$(printf '%s\n' "$manifest_file" | sed 's/[$][{][A-Za-z_][A-Za-z0-9_]*[}]//g; s/[$][A-Za-z_][A-Za-z0-9_]*//g')
  case "$others" in
    (*[\$\`]*) fail 'the setting manifest-file has a $ or a backtick that names no variable.' 'Write a path, or the name of a variable after a $.' ;;
  esac
  # One that is not set stands for nothing: forks do not get it.
  set +u
  eval "IFS= read -r manifest_file <<PATHS
$manifest_file
PATHS"
  set -u
}
