#!/usr/bin/env bash
# Installs what `npm run test:real` talks to, from the distribution's own packages. What is there already is left alone.
# With --check it only says what is missing.
set -euo pipefail

# Program, and the Debian or Ubuntu package that has it.
parts=(
  docker-registry:docker-registry skopeo:skopeo buildah:buildah git-lfs:git-lfs sshd:openssh-server
  htpasswd:apache2-utils openssl:openssl rsync:rsync shellcheck:shellcheck busybox:busybox dash:dash newuidmap:uidmap script:bsdutils
)
PATH=$PATH:/usr/sbin:/sbin

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" >/dev/null
}

has() {
  command -v "$1" >/dev/null
}

# Debian 12 ships docker's command line only beside its engine: the program is taken out of that package, and no
# engine is installed or started.
docker_client() {
  if apt-cache show docker-cli >/dev/null 2>&1; then
    apt install -y --no-install-recommends docker-cli
    return
  fi
  local folder
  folder=$(mktemp -d)
  chmod 755 "$folder"
  (cd "$folder" && apt-get -qq download docker.io && dpkg-deb --fsys-tarfile docker.io_*.deb | tar -x ./usr/bin/docker)
  as_root install -m 755 "$folder/usr/bin/docker" /usr/local/bin/docker
  rm -rf "$folder"
}

# GitHub's own description of its API: two files of 12 MB each out of npm's package, which unpacks to 385 MB.
# GITHUB_OPENAPI may name a folder that has them.
openapi_version=23.0.2
openapi=${GITHUB_OPENAPI:-${XDG_CACHE_HOME:-$HOME/.cache}/pipeline-credentials/openapi-$openapi_version}

has_openapi() {
  [ -s "$openapi/api.github.com.json" ] && [ -s "$openapi/ghes-3.19.json" ]
}

install_openapi() {
  local folder
  folder=$(mktemp -d)
  (cd "$folder" && npm pack --silent "@octokit/openapi@$openapi_version" >/dev/null)
  mkdir -p "$openapi"
  tar -xzf "$folder"/*.tgz -C "$openapi" --strip-components=2 \
    package/generated/api.github.com.json package/generated/ghes-3.19.json
  rm -rf "$folder"
}

packages=()
for part in "${parts[@]}"; do
  has "${part%%:*}" || packages+=("${part##*:}")
done
# Pages are looked at in a browser: any of Chromium's will do.
has chromium || has google-chrome || packages+=(chromium)
if [ ${#packages[@]} -eq 0 ] && has docker && has_openapi; then
  echo 'All real parts are here.'
  exit 0
fi
echo "Missing: ${packages[*]} $(has docker || echo docker) $(has_openapi || echo @octokit/openapi)" >&2
[ "${1:-}" != --check ] || exit 1
has_openapi || install_openapi
if [ ${#packages[@]} -eq 0 ] && has docker; then
  echo 'Installed.'
  exit 0
fi
if ! has apt-get || { [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; }; then
  echo 'Install them by hand: this script needs apt-get, as root or with sudo.' >&2
  exit 1
fi
apt update
[ ${#packages[@]} -eq 0 ] || apt install -y --no-install-recommends "${packages[@]}"
has docker || docker_client
echo 'Installed.'
