import { createHash } from 'node:crypto';

/** The namespace of addresses (RFC 9562). */
const URL_NAMESPACE = '6ba7b8119dad11d180b400c04fd430c8';

/** The UUID of version 5 of a text: always the same, and different for another text. */
export function uuidOf(text: string): string {
  const bytes = createHash('sha1').update(Buffer.from(URL_NAMESPACE, 'hex')).update(text, 'utf8').digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
