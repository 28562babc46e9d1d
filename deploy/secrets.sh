#!/usr/bin/env bash
# Makes .env with fresh passwords for docker-compose.yml. Never overwrites one that is there; git ignores it.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -e .env ] && { echo ".env is there already; nothing changed."; exit 0; }
umask 077
random() { LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 32; }
{
  # SQL Server wants three kinds of characters; the prefix makes sure of it
  echo "SQL_PASSWORD=Aa1$(random)"
  echo "RABBITMQ_PASSWORD=$(random)"
} >.env
echo "Wrote .env"
