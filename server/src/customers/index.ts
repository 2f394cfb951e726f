/**
 * customers: who someone outside is.
 *
 * In:     addresses as letters bring them
 * Out:    one customer for each address
 * Owns:   customer, customer_address
 * Never:  puts two people together because their names are alike
 */

export type { Sender } from './customer.ts';
export { identifyCustomer } from './identify-customer.ts';
export { customersRoutes } from './routes.ts';
