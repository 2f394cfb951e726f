/** One per window, and only while it lives: a window that was closed or reloaded is another one. */
export const clientId: string = [...crypto.getRandomValues(new Uint8Array(12))]
  .map((byte) => byte.toString(16).padStart(2, '0'))
  .join('');
