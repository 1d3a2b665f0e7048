has() { command -v "$1" >/dev/null; }

fail() {
  say "error: $1" "hint: $2"
  exit 1
}

# Finds a Node, or installs one where that takes no more than the image's own package manager.
need_node() {
  asked=$node
  find_node && return
  node=$asked
  if [ -z "$asked" ] && [ "$install_node" = true ] && install_node; then
    find_node && return
  fi
  fail "this job has no Node 20 or newer${node:+ ($node is none)}." \
    'Use an image that has one (node:24-alpine, node:24-slim); or copy it into yours (COPY --from=node:24-slim /usr/local/bin/node /usr/local/bin/); or name one outside the checkout by its absolute path with the setting node.'
}

# The scripts of packages are not ours: they do not get the manifest.
install_node() (
  unset PIPELINE_CREDENTIALS
  [ "$(id -u)" = 0 ] || return 1
  if has apk; then
    apk add --quiet --no-cache nodejs
  elif has apt-get; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends nodejs
  elif has microdnf; then
    microdnf -y module enable nodejs:20 || say 'pipeline-credentials: this system has one version of Node only'
    microdnf -y install nodejs
  else
    return 1
  fi >&2
)
