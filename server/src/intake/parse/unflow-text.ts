/**
 * format=flowed (RFC 3676) as its writer saw it: lines that end in a blank go on in the next.
 *
 * @param text with `\n` line ends
 * @param deleteSpace DelSp=yes: the blank was only the mark, as Japanese senders need it
 */
export function unflowText(text: string, deleteSpace: boolean): string {
  const out: string[] = [];
  let open: { depth: number; text: string } | null = null;
  for (const line of text.split('\n')) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0;
    let content = line.slice(depth);
    if (content.startsWith(' ')) content = content.slice(1);
    const signature = content === '-- ';
    if (open !== null && (open.depth !== depth || signature)) {
      out.push(marked(open.depth, open.text));
      open = null;
    }
    const flows = content.endsWith(' ') && !signature;
    const joined: string = (open?.text ?? '') + (flows && deleteSpace ? content.slice(0, -1) : content);
    if (flows) open = { depth, text: joined };
    else {
      out.push(marked(depth, joined));
      open = null;
    }
  }
  if (open !== null) out.push(marked(open.depth, open.text));
  return out.join('\n');
}

function marked(depth: number, text: string): string {
  return depth === 0 ? text : `${'>'.repeat(depth)} ${text}`;
}
