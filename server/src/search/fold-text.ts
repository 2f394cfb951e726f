/**
 * Text folded for finding: NFKC, lower case, katakana as hiragana, every wave and every dash as one, every
 * run of blanks as one blank. ﾊﾝｶｸ, ハンカク and はんかく are the same; so are 〜, ～ and ~.
 */
export interface Folded {
  text: string;
  /** Of each folded sign, where the cluster that it came from begins in the original. */
  starts: number[];
  /** And where that cluster ends. */
  ends: number[];
}

/** A sign with all marks that change it, the half-width voicing marks among them. */
const CLUSTER = /\s+|\P{M}[\p{M}\uFF9E\uFF9F]*|\p{M}/gu;
const WAVES = /[\u301C\u223C\u223E\u3030\u02DC]/g;
const DASHES = /[\u2010-\u2015\u2212\uFE58\u00AD]/g;
const KATAKANA = /[\u30A1-\u30F6\u30FD\u30FE]/g;
const KANA_DISTANCE = 0x60;
const PLAIN = /^[ -@[-`{-~]$/;

export function foldText(original: string): string {
  return original.replace(CLUSTER, foldCluster);
}

/** The same, with the way back into the original. */
export function foldWithPlaces(original: string): Folded {
  const folded: Folded = { text: '', starts: [], ends: [] };
  const parts: string[] = [];
  for (const { 0: cluster, index } of original.matchAll(CLUSTER)) {
    const part = foldCluster(cluster);
    parts.push(part);
    for (let n = 0; n < part.length; n += 1) {
      folded.starts.push(index);
      folded.ends.push(index + cluster.length);
    }
  }
  folded.text = parts.join('');
  return folded;
}

function foldCluster(cluster: string): string {
  if (PLAIN.test(cluster)) return cluster;
  if (cluster.trim() === '') return ' ';
  return cluster
    .normalize('NFKC')
    .toLowerCase()
    .replace(WAVES, '~')
    .replace(DASHES, '-')
    .replace(KATAKANA, (sign) => String.fromCharCode(sign.charCodeAt(0) - KANA_DISTANCE));
}
