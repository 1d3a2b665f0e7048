#!/bin/sh
# Variables of the pipe to flags of the command line. A pipe is a container of its own: the proxy that signs reports in
# listens on its host.
set -eu
exec node /opt/pipeline-credentials/cli/index.js check --repositories "${REPOSITORIES:-}" \
  --registries "${REGISTRIES:-}" --environment "${BITBUCKET_DEPLOYMENT_ENVIRONMENT:-}" \
  --warn-within "${WARN_WITHIN:-14d}" --fail-on "${FAIL_ON:-failing}" \
  --junit test-results/pipeline-credentials.xml --html test-results/pipeline-credentials.html \
  --code-insights http://host.docker.internal:29418
