sums=@sums@

# take SOURCE TARGET [PROJECT REF]: see take.mjs, which follows.
take() {
  NODE_OPTIONS='' NODE_USE_ENV_PROXY=1 "$node" --input-type=module - "$sums" "$@" <<'JAVASCRIPT'
#include take.mjs
JAVASCRIPT
}
