import type { CustomerId } from '@madoguchi/contract';
import { defineError } from '../platform/index.ts';

export const customerNotFound = defineError<{ customerId: CustomerId }>(
  'customers.not_found',
  'not_found',
  'This customer does not exist, or you may not see any of their conversations.',
);
