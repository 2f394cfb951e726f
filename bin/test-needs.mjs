/** What the end-to-end tests need of the system: a real browser and real mail programs. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's packages, each with a file that tells that it is there. */
const PACKAGES = {
  chromium: ['/usr/bin/chromium'],
  'fonts-noto-cjk': ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'],
  'dovecot-imapd': ['/usr/lib/dovecot/imap'],
  'dovecot-lmtpd': ['/usr/lib/dovecot/lmtp'],
  'exim4-daemon-light': ['/usr/sbin/exim4'],
  neomutt: ['/usr/bin/neomutt'],
};

/**
 * @returns {{ chromium: string | null, dovecot: string | null, exim: string | null, neomutt: string | null }}
 *   the programs' paths
 */
export function findNeeds() {
  const hasDovecot = ['dovecot-imapd', 'dovecot-lmtpd'].every(isInstalled);
  return {
    chromium: find('chromium', 'chromium-browser', 'google-chrome'),
    dovecot: hasDovecot ? find('dovecot') : null,
    exim: find('exim4', 'exim'),
    neomutt: find('neomutt'),
  };
}

/** @returns {string[]} Debian's packages that are not there */
export function missingPackages() {
  return Object.keys(PACKAGES).filter((name) => !isInstalled(name));
}

function isInstalled(name) {
  return PACKAGES[name].every((path) => existsSync(path));
}

function find(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path)) ?? null;
}
