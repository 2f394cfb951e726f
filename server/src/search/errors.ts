import { defineError } from '../platform/index.ts';

export const searchTooLong = defineError(
  'search.too_long',
  'unavailable',
  'This search took too long and was ended. A rarer word finds it faster.',
);
