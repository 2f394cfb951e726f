/** UTF-7 (RFC 2152), which old Outlooks could send and no decoder of the platform reads. */
export function decodeUtf7(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/\+([A-Za-z0-9+/]*)-?/g, (_whole, coded: string) => {
    if (coded === '') return '+';
    const units = Buffer.from(coded, 'base64');
    return new TextDecoder('utf-16be').decode(units.subarray(0, units.length & ~1));
  });
}
