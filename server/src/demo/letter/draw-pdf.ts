/** A sheet of A4 with a title and a few ruled lines; its fonts are those that every reader has. */
export function drawPdf(title: string): Buffer {
  const safe = title.replace(/[^\x20-\x7e]/gu, '').replace(/[()\\]/gu, '');
  const rules = Array.from({ length: 12 }, (_, n) => `72 ${640 - n * 36} m 523 ${640 - n * 36} l S`).join(
    '\n',
  );
  const page = `BT /F1 20 Tf 72 740 Td (${safe}) Tj ET\nBT /F1 10 Tf 72 712 Td (Komorebi Zakka, Kyoto) Tj ET\n0.8 G\n${rules}\n`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}endstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((body, n) => {
    const at = text.length;
    text += `${n + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
