/** Installs Debian's packages for the end-to-end tests, and sees to it that none stays as a service. */

import { run } from './run.mjs';
import { Plain, sayDuring } from './say.mjs';
import { missingPackages } from './test-needs.mjs';

/**
 * policy-rc.d is how Debian asks whether a service may start; 101 is no. The mark tells ours from
 * one that the machine's owner has put there, also when we were killed before removing it.
 */
const SCRIPT = `
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ] || grep -q 'madoguchi tests' $policy; then
  trap 'rm -f $policy' EXIT
  trap 'exit 1' INT TERM HUP
  printf '#!/bin/sh\\n# madoguchi tests\\nexit 101\\n' > $policy
  chmod 755 $policy
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$@"
if command -v systemctl > /dev/null; then
  case "$*" in *dovecot*) systemctl disable dovecot.service dovecot.socket || true ;; esac
  case "$*" in *exim4*) systemctl disable exim4.service || true ;; esac
fi
`;

/** The one command that a person would type. */
export function commandFor(packages) {
  return `sudo apt-get install --no-install-recommends ${packages.join(' ')}`;
}

/** @throws {Plain} when it may not or cannot */
export async function installTestNeeds() {
  const packages = missingPackages();
  if (packages.length === 0) return;
  const script = ['sh', '-c', SCRIPT, 'install', ...packages];
  const [program, ...args] = process.getuid?.() === 0 ? script : ['sudo', '-n', ...script];
  const words = {
    ja: `テスト用に ${packages.join(' ')} をインストール`,
    en: `Installing ${packages.join(' ')}`,
  };
  const { code, output } = await sayDuring(words, () => run(program, args));
  if (code === 0) return;
  const command = commandFor(packages);
  throw new Plain({ ja: `失敗しました。手動で: ${command}`, en: `That failed. By hand: ${command}` }, output);
}
