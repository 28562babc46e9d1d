#!/usr/bin/env bash
# Makes fresh passwords in a file that git ignores. Never overwrites one that is there.
#   deploy/secrets.sh              .env for docker-compose.yml
#   deploy/secrets.sh kubernetes   deploy/kubernetes/overlays/production/secrets.env, the names from secrets.env.template
set -euo pipefail
cd "$(dirname "$0")/.."
umask 077
# SQL Server wants three kinds of characters; the prefix makes sure of it. Only letters and digits, so that they fit into addresses.
password() { printf 'Aa1'; LC_ALL=C tr -dc 'A-Za-z0-9' < <(head -c 4096 /dev/urandom) | cut -c 1-32; }
write() {
  local file=$1 name; shift
  [ -e "$file" ] && { echo "$file is there already; nothing changed."; exit 0; }
  for name in "$@"; do echo "$name=$(password)"; done >"$file.new"
  mv "$file.new" "$file"
  echo "Wrote $file"
}
case "${1:-compose}" in
  compose) write .env SQL_PASSWORD RABBITMQ_PASSWORD ;;
  kubernetes)
    folder=deploy/kubernetes/overlays/production
    # shellcheck disable=SC2046  # one word per name
    write "$folder/secrets.env" $(sed -n 's/^\([A-Z_]*\)=$/\1/p' "$folder/secrets.env.template") ;;
  *) sed -n '2,4p' "$0"; exit 2 ;;
esac
