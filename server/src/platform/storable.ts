/**
 * The same value with texts that PostgreSQL can keep: it refuses U+0000, and jsonb refuses half a surrogate
 * pair. Each is replaced by U+FFFD, so lengths stay what they were.
 */
export function storable<T>(value: T): T {
  return mend(value) as T; // Every text stays a text, so the shape is the same.
}

function mend(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD');
  if (Array.isArray(value)) return value.map(mend);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [mend(key), mend(inner)]));
}
